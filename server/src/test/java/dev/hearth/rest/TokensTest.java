package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// Who asks by a token, and tokens that nobody may ask with.
class TokensTest {

    private static TestApi api;

    @BeforeAll
    static void start() {
        api =
                TestApi.start(
                        Map.of("PGRST_JWT_AUD", "workshop"),
                        TestApi.resource("/rest/workshop.sql"),
                        """
                        create role carpenter;
                        grant carpenter to authenticator;
                        create role stranger;
                        grant usage on schema public to carpenter;
                        create function public.caller() returns text language sql stable as $$
                            select current_user::text $$;
                        """);
    }

    @AfterAll
    static void stop() {
        api.close();
        dropRoles();
    }

    private static void dropRoles() {
        try (var database = TestPostgres.cluster().createDatabase()) {
            database.execute("drop role carpenter", "drop role stranger");
        }
    }

    private static TestApi.Reply ask(String token) {
        return api.get("/rpc/caller").bearer(token).ask();
    }

    @Test
    void servesTheRoleOfTheToken() {
        assertThat(api.get("/rpc/caller").ask().said()).isEqualTo("200 'anon'");
        assertThat(api.get("/rpc/caller").as("ann").ask().said()).isEqualTo("200 'authenticated'");
        assertThat(api.get("/rpc/caller").asService().ask().said()).isEqualTo("200 'service_role'");
        assertThat(ask(api.token("carpenter", Map.of())).said()).isEqualTo("200 'carpenter'");
        assertThat(ask(api.token("anon", Map.of("aud", "workshop"))).said())
                .isEqualTo("200 'anon'");
    }

    @Test
    void refusesARoleThatIsNotThereOrNotForCallers() {
        assertThat(ask(api.token("nobody", Map.of())).said())
                .isEqualTo(
                        "401 {'code':'22023','details':null,'hint':null,"
                                + "'message':'role \\'nobody\\' does not exist'}");
        assertThat(ask(api.token("stranger", Map.of())).said())
                .isEqualTo(
                        "403 {'code':'42501','details':null,'hint':null,"
                                + "'message':'permission denied to set role \\'stranger\\''}");
    }

    @Test
    void refusesATokenThatCannotBeRead() {
        var reply = ask("a.b");

        assertThat(reply.said())
                .isEqualTo(
                        "401 {'code':'PGRST301','details':null,'hint':null,"
                                + "'message':'Expected 3 parts in JWT; got 2'}");
        assertThat(reply.header("WWW-Authenticate"))
                .contains(
                        "Bearer error=\"invalid_token\","
                                + " error_description=\"Expected 3 parts in JWT; got 2\"");
        assertThat(ask("").refusal()).isEqualTo("401 PGRST301");
        assertThat(ask("a.b.c").refusal()).isEqualTo("401 PGRST301");
    }

    @Test
    void refusesATokenThatSomebodyChanged() {
        String token = api.token("anon", Map.of());
        String other = api.token("service_role", Map.of());
        String mixed =
                other.substring(0, other.lastIndexOf('.'))
                        + token.substring(token.lastIndexOf('.'));

        assertThat(ask(mixed).said())
                .isEqualTo(
                        "401 {'code':'PGRST301','details':'None of the keys was able to decode the"
                            + " JWT','hint':null,'message':'No suitable key or wrong key type'}");
    }

    @Test
    void refusesATokenForSomebodyElse() {
        var reply = ask(api.token("anon", Map.of("aud", "kitchen")));

        assertThat(reply.said())
                .isEqualTo(
                        "401 {'code':'PGRST303','details':null,'hint':null,"
                                + "'message':'JWT not in audience'}");
        assertThat(reply.header("WWW-Authenticate"))
                .contains(
                        "Bearer error=\"invalid_token\", error_description=\"JWT not in"
                                + " audience\"");
    }

    @Test
    void refusesATokenWithTimesThatAreNone() {
        assertThat(ask(api.token("anon", Map.of("exp", "soon"))).said())
                .isEqualTo(
                        "401 {'code':'PGRST303','details':null,'hint':null,"
                                + "'message':'The JWT 'exp' claim must be a number'}");
    }

    @Test
    void saysSoBeforeItLooksAtAnythingElse() {
        assertThat(api.get("/nothing?x=y").bearer("a.b").ask().refusal()).isEqualTo("401 PGRST301");
        assertThat(api.call("OPTIONS", "/tools").bearer("a.b").ask().refusal())
                .isEqualTo("401 PGRST301");
    }

    @Test
    void servesOthersAfterARefusal() {
        var _ = ask("a.b");

        assertThat(api.get("/rpc/caller").as("ann").ask().status()).isEqualTo(200);
    }
}
