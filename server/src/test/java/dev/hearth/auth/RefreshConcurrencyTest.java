package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.auth.TestAuth.Reply;
import dev.hearth.exchange.Method;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class RefreshConcurrencyTest {

    @AutoClose private static TestAuth auth;

    @BeforeAll
    static void open() {
        auth = TestAuth.start();
    }

    private static String token(JsonNode session) {
        return session.path("refresh_token").asText();
    }

    private static List<Reply> atOnce(int times, String token) throws Exception {
        var go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<Reply>>();
            for (int i = 0; i < times; i++) {
                asked.add(
                        threads.submit(
                                () -> {
                                    go.await();
                                    return auth.refresh(token);
                                }));
            }
            go.countDown();
            var replies = new ArrayList<Reply>();
            for (Future<Reply> reply : asked) {
                replies.add(reply.get());
            }
            return replies;
        }
    }

    @Test
    void twentyAtOnceAllGetASessionThatWorks() throws Exception {
        JsonNode first = auth.signUp();
        List<Reply> replies = atOnce(20, token(first));

        assertThat(replies).extracting(Reply::status).containsOnly(200);
        assertThat(replies.stream().map(reply -> token(reply.json())).distinct()).hasSize(1);
        assertThat(
                        auth.database.ask(
                                """
                                select concat_ws('|', count(distinct session_id), count(*),
                                    count(*) filter (where not revoked))
                                from auth.refresh_tokens where user_id = '%s'\
                                """
                                        .formatted(first.path("user").path("id").asText())))
                .as("one family: the parent and the one child that all of them got")
                .isEqualTo("1|2|1");
        for (Reply reply : replies) {
            assertThat(auth.call(Method.GET, "/auth/v1/user").bearer(reply.json()).ask().status())
                    .isEqualTo(200);
        }
        assertThat(auth.refresh(token(replies.getFirst().json())).status()).isEqualTo(200);
    }

    @Test
    void givesUpAfterFiveSecondsOfALockedToken() throws SQLException {
        JsonNode session = auth.signUp();
        try (Connection other = auth.database.connect("supabase_auth_admin");
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "select 1 from auth.refresh_tokens where token = '%s' for update"
                            .formatted(token(session)));
            Reply reply = auth.refresh(token(session));

            assertThat(reply.refusal()).isEqualTo("409 conflict");
            assertThat(reply.json().path("message").asText())
                    .isEqualTo(
                            "Too many concurrent token refresh requests on the same session or"
                                    + " refresh token");
            other.rollback();
        }
        assertThat(auth.refresh(token(session)).status()).isEqualTo(200);
    }

    @Test
    void refreshAndLogoutAtOnceNeverFail() throws Exception {
        for (int round = 0; round < 10; round++) {
            JsonNode session = auth.signUp();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Reply> refresh = threads.submit(() -> auth.refresh(token(session)));
                Future<Reply> logout =
                        threads.submit(
                                () ->
                                        auth.call(Method.POST, "/auth/v1/logout")
                                                .bearer(session)
                                                .ask());
                assertThat(logout.get().status()).isEqualTo(204);
                assertThat(refresh.get().status()).isIn(200, 400);
            }
            assertThat(auth.refresh(token(session)).refusal())
                    .isEqualTo("400 refresh_token_not_found");
        }
    }
}
