package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

/// Where nobody may ask without a role.
class RoleRequiredTest {

    @Test
    void whoHasNoneIsRefused() {
        var settings = Map.of("PGRST_DB_ANON_ROLE", "", "PGRST_JWT_ROLE_CLAIM_KEY", ".duty");
        try (var api =
                TestApi.start(
                        settings,
                        "create table public.items (id int primary key)",
                        "grant select on public.items to anon")) {
            var reply = api.get("/items").as("ann").ask();

            assertThat(reply.said())
                    .isEqualTo(
                            "401 {'code':'PGRST302','details':null,'hint':null,"
                                    + "'message':'Anonymous access is disabled'}");
            assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
            assertThat(
                            api.get("/items")
                                    .bearer(api.token("none", Map.of("duty", "anon")))
                                    .ask()
                                    .said())
                    .isEqualTo("200 []");
        }
    }
}
