package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.auth.TestAuth.Reply;
import dev.hearth.exchange.Method;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LogoutTest {

    @AutoClose private static TestAuth auth;

    @BeforeAll
    static void open() {
        auth = TestAuth.start();
    }

    /// A user with a second session besides the one that signed up.
    private static JsonNode withSecondSession() {
        JsonNode session = auth.signUp();
        auth.database.execute(
                """
                insert into auth.sessions (id, user_id, created_at, updated_at, aal)
                values (gen_random_uuid(), '%s', now(), now(), 'aal1')\
                """
                        .formatted(session.path("user").path("id").asText()));
        return session;
    }

    private static Reply logout(JsonNode session, String scope) {
        return auth.call(Method.POST, "/auth/v1/logout")
                .bearer(session)
                .query("scope", scope)
                .ask();
    }

    private static String sessions(JsonNode session) {
        return auth.database.ask(
                "select count(*) from auth.sessions where user_id = '%s'"
                        .formatted(session.path("user").path("id").asText()));
    }

    private static boolean works(JsonNode session) {
        return auth.call(Method.GET, "/auth/v1/user").bearer(session).ask().status() == 200;
    }

    @Test
    void endsAllSessionsByDefault() {
        JsonNode session = withSecondSession();
        Reply reply = auth.call(Method.POST, "/auth/v1/logout").bearer(session).ask();

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(sessions(session)).isEqualTo("0");
    }

    @Test
    void endsAllSessions() {
        JsonNode session = withSecondSession();
        logout(session, "global");

        assertThat(sessions(session)).isEqualTo("0");
    }

    @Test
    void endsThisSessionOnly() {
        JsonNode session = withSecondSession();
        assertThat(logout(session, "local").status()).isEqualTo(204);

        assertThat(sessions(session)).isEqualTo("1");
        assertThat(works(session)).isFalse();
    }

    @Test
    void endsTheOthersOnly() {
        JsonNode session = withSecondSession();
        assertThat(logout(session, "others").status()).isEqualTo(204);

        assertThat(sessions(session)).isEqualTo("1");
        assertThat(works(session)).isTrue();
    }

    @Test
    void takesRefreshTokensAndAccessWithIt() {
        JsonNode session = auth.signUp();
        logout(session, "local");

        assertThat(auth.call(Method.GET, "/auth/v1/user").bearer(session).ask().refusal())
                .isEqualTo("403 session_not_found");
        assertThat(auth.refresh(session.path("refresh_token").asText()).refusal())
                .isEqualTo("400 refresh_token_not_found");
    }

    @Test
    void refusesAnotherScope() {
        JsonNode session = auth.signUp();
        Reply reply = logout(session, "every\"where");

        assertThat(reply.refusal()).isEqualTo("400 validation_failed");
        assertThat(reply.json().path("message").asText())
                .isEqualTo("Unsupported logout scope \"every\\\"where\"");
        assertThat(works(session)).isTrue();
    }

    @Test
    void leavesOtherUsersAlone() {
        JsonNode other = auth.signUp();
        logout(auth.signUp(), "global");

        assertThat(works(other)).isTrue();
    }

    @Test
    void notesItInTheAuditLog() {
        JsonNode session = auth.signUp();
        logout(session, "global");

        assertThat(
                        auth.database.ask(
                                """
                                select concat_ws('|', payload ->> 'action', payload ->> 'log_type',
                                    instance_id, ip_address = '')
                                from auth.audit_log_entries where payload ->> 'actor_id' = '%s'\
                                """
                                        .formatted(session.path("user").path("id").asText())))
                .isEqualTo("logout|account|00000000-0000-0000-0000-000000000000|t");
    }
}
