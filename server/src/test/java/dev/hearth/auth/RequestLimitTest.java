package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.exchange.Method;

import org.junit.jupiter.api.Test;

import java.util.Map;

/// A trigger of the project's owner that takes too long.
class RequestLimitTest {

    @Test
    void endsARequestThatTheDatabaseWorksOnForTooLong() {
        try (var auth = TestAuth.start(Map.of("GOTRUE_API_MAX_REQUEST_DURATION", "200ms"))) {
            auth.database.execute(
                    """
                    create function public.on_user() returns trigger language plpgsql as
                    $$ begin perform pg_sleep(30); return new; end $$\
                    """,
                    "create trigger on_user before insert on auth.users"
                            + " for each row execute function public.on_user()");
            var reply = auth.call(Method.POST, "/auth/v1/signup").body("{}").ask();

            assertThat(reply.status()).isEqualTo(504);
            assertThat(reply.body())
                    .isEqualTo(
                            "{\"code\":\"request_timeout\",\"message\":\"Processing this request"
                                    + " timed out, please retry after a moment.\"}");
            assertThat(auth.database.ask("select count(*) from auth.users")).isEqualTo("0");
        }
    }
}
