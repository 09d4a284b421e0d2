package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.auth.TestAuth.Reply;
import dev.hearth.exchange.Method;
import dev.hearth.token.Verification;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;

class RefreshTest {

    @AutoClose private static TestAuth auth;

    @BeforeAll
    static void open() {
        auth = TestAuth.start();
    }

    private static String token(JsonNode session) {
        return session.path("refresh_token").asText();
    }

    private static String userId(JsonNode session) {
        return session.path("user").path("id").asText();
    }

    private static void assertRefused(Reply reply, String refusal, String message) {
        assertThat(reply.refusal()).isEqualTo(refusal);
        assertThat(reply.json().path("message").asText()).isEqualTo(message);
    }

    private static String count(TestAuth of, JsonNode session, String condition) {
        return of.database.ask(
                "select count(*) from auth.refresh_tokens where user_id = '%s' and %s"
                        .formatted(userId(session), condition));
    }

    @Test
    void givesTheNextTokenAndRevokesTheOld() {
        JsonNode first = auth.signUp();
        JsonNode second = auth.refresh(token(first)).json();

        assertThat(token(second)).isNotEqualTo(token(first));
        assertThat(userId(second)).isEqualTo(userId(first));
        assertThat(
                        auth.database.ask(
                                """
                                select string_agg(concat_ws('|', token, coalesce(parent, '-'),
                                    revoked), ' ' order by id)
                                from auth.refresh_tokens where user_id = '%s'\
                                """
                                        .formatted(userId(first))))
                .isEqualTo("%s|-|t %s|%s|f".formatted(token(first), token(second), token(first)));
    }

    @Test
    void keepsSessionAndProofs() {
        JsonNode second = auth.refresh(token(auth.signUp())).json();
        JsonNode third = auth.refresh(token(second)).json();

        assertThat(claims(third).path("session_id")).isEqualTo(claims(second).path("session_id"));
        assertThat(claims(third).path("amr")).isEqualTo(claims(second).path("amr"));
        assertThat(claims(third).path("amr")).hasSize(1);
    }

    @Test
    void notesWhereTheRefreshCameFrom() {
        try (var moving = TestAuth.start()) {
            JsonNode first = moving.signUp();
            moving.clock.forward(Duration.ofMinutes(5));
            moving.call(Method.POST, "/auth/v1/token")
                    .query("grant_type", "refresh_token")
                    .body("{\"refresh_token\":\"%s\"}".formatted(token(first)))
                    .header("User-Agent", "phone/2")
                    .from("2001:db8::1")
                    .ask();

            assertThat(
                            moving.database.ask(
                                    "select concat_ws('|', refreshed_at, user_agent, host(ip))"
                                            + " from auth.sessions"))
                    .isEqualTo("2026-01-02 03:09:05.123456|phone/2|2001:db8::1");
        }
    }

    @Test
    void writesToTheAuditLog() {
        JsonNode first = auth.signUp();
        auth.refresh(token(first));

        assertThat(
                        auth.database.ask(
                                """
                                select string_agg(payload ->> 'action', ' ' order by payload ->> 'action')
                                from auth.audit_log_entries where payload ->> 'actor_id' = '%s'\
                                """
                                        .formatted(userId(first))))
                .isEqualTo("token_refreshed token_revoked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "ABCDEFGHIJKL",
                "abcdefghijk!",
                "abcdefghijklm",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "' or 1=1 --x"
            })
    void refusesWhatIsNoRefreshToken(String token) {
        assertRefused(auth.refresh(token), "400 validation_failed", "Refresh token is not valid");
    }

    @Test
    void refusesAnUnknownToken() {
        assertRefused(
                auth.refresh("abcdefghijkl"),
                "400 refresh_token_not_found",
                "Invalid Refresh Token: Refresh Token Not Found");
    }

    @Test
    void refusesABannedUser() {
        JsonNode session = auth.signUp();
        auth.database.execute(
                "update auth.users set banned_until = '2030-01-01' where id = '%s'"
                        .formatted(userId(session)));
        assertRefused(
                auth.refresh(token(session)),
                "400 user_banned",
                "Invalid Refresh Token: User Banned");
    }

    @Test
    void refusesAndRemovesATokenWithoutSession() {
        JsonNode session = auth.signUp();
        auth.database.execute(
                "update auth.refresh_tokens set session_id = null where user_id = '%s'"
                        .formatted(userId(session)));
        assertRefused(
                auth.refresh(token(session)),
                "400 session_not_found",
                "Invalid Refresh Token: No Valid Session Found");
        assertThat(count(auth, session, "true")).isEqualTo("0");
    }

    @Test
    void givesTheActiveTokenToItsParentHoweverLate() {
        try (var moving = TestAuth.start()) {
            JsonNode first = moving.signUp();
            JsonNode second = moving.refresh(token(first)).json();
            moving.clock.forward(Duration.ofDays(3));
            JsonNode again = moving.refresh(token(first)).json();

            assertThat(token(again)).isEqualTo(token(second));
            assertThat(count(moving, first, "true")).isEqualTo("2");
        }
    }

    @Test
    void givesAnOlderTokenAnotherChildWithinTheInterval() {
        try (var moving = TestAuth.start()) {
            JsonNode first = moving.signUp();
            JsonNode second = moving.refresh(token(first)).json();
            JsonNode third = moving.refresh(token(second)).json();
            moving.clock.forward(Duration.ofSeconds(10));
            Reply other = moving.refresh(token(first));

            assertThat(other.status()).isEqualTo(200);
            assertThat(token(other.json())).isNotIn(token(second), token(third));
            assertThat(moving.refresh(token(third)).status()).isEqualTo(200);
        }
    }

    @Test
    void endsTheFamilyWhenAnOlderTokenComesAfterTheInterval() {
        try (var moving = TestAuth.start()) {
            JsonNode first = moving.signUp();
            JsonNode third = moving.refresh(token(moving.refresh(token(first)).json())).json();
            moving.clock.forward(Duration.ofMillis(10_001));

            assertRefused(
                    moving.refresh(token(first)),
                    "400 refresh_token_already_used",
                    "Invalid Refresh Token: Already Used");
            assertThat(count(moving, first, "not revoked")).isEqualTo("0");
            moving.clock.forward(Duration.ofMinutes(1));
            assertThat(moving.refresh(token(third)).refusal())
                    .isEqualTo("400 refresh_token_already_used");
            assertThat(moving.events)
                    .filteredOn(event -> event instanceof AuthEvent.RefreshTokenReused)
                    .isNotEmpty()
                    .allSatisfy(
                            event ->
                                    assertThat(event.fields().toString())
                                            .doesNotContain(token(first), token(third)));
        }
    }

    @Test
    void reuseDoesNotRenewTheInterval() {
        try (var moving = TestAuth.start()) {
            JsonNode first = moving.signUp();
            moving.refresh(token(moving.refresh(token(first)).json()));
            moving.clock.forward(Duration.ofSeconds(6));
            assertThat(moving.refresh(token(first)).status()).isEqualTo(200);
            JsonNode child = moving.refresh(token(first)).json();
            moving.refresh(token(child));
            moving.clock.forward(Duration.ofSeconds(6));

            assertThat(moving.refresh(token(first)).refusal())
                    .isEqualTo("400 refresh_token_already_used");
        }
    }

    @Test
    void keepsTheFamilyWhereRotationIsOff() {
        try (var lax =
                TestAuth.start(Map.of("GOTRUE_SECURITY_REFRESH_TOKEN_ROTATION_ENABLED", "false"))) {
            JsonNode first = lax.signUp();
            JsonNode third = lax.refresh(token(lax.refresh(token(first)).json())).json();
            lax.clock.forward(Duration.ofMinutes(1));

            assertThat(lax.refresh(token(first)).refusal())
                    .isEqualTo("400 refresh_token_already_used");
            assertThat(lax.refresh(token(third)).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOTRUE_SESSIONS_TIMEBOX", "GOTRUE_SESSIONS_INACTIVITY_TIMEOUT"})
    void endsSessionsThatGrewTooOld(String setting) {
        try (var strict = TestAuth.start(Map.of(setting, "1h"))) {
            JsonNode session = strict.signUp();
            strict.clock.forward(Duration.ofHours(1));
            JsonNode next = strict.refresh(token(session)).json();
            strict.clock.forward(Duration.ofSeconds(3601));
            String cause = setting.endsWith("TIMEBOX") ? "" : " (Inactivity)";

            assertRefused(
                    strict.refresh(token(next)),
                    "400 session_expired",
                    "Invalid Refresh Token: Session Expired" + cause);
        }
    }

    @Test
    void endsASessionAfterItsOwnEnd() {
        JsonNode session = auth.signUp();
        auth.database.execute(
                "update auth.sessions set not_after = '2026-01-01' where user_id = '%s'"
                        .formatted(userId(session)));
        assertRefused(
                auth.refresh(token(session)),
                "400 session_expired",
                "Invalid Refresh Token: Session Expired");
    }

    @Test
    void endsASessionWithoutTheSecondFactorThatTheUserHas() {
        try (var strict = TestAuth.start(Map.of("GOTRUE_SESSIONS_ALLOW_LOW_AAL", "10m"))) {
            JsonNode session = strict.signUp();
            strict.database.execute(
                    """
                    insert into auth.mfa_factors (id, user_id, factor_type, status, created_at,
                        updated_at) values (gen_random_uuid(), '%s', 'totp', 'verified', now(), now())\
                    """
                            .formatted(userId(session)));
            JsonNode next = strict.refresh(token(session)).json();
            assertThat(next.path("expires_in").intValue()).isEqualTo(600);
            assertThat(next.path("user").path("factors")).hasSize(1);
            strict.clock.forward(Duration.ofSeconds(601));

            assertRefused(
                    strict.refresh(token(next)),
                    "400 session_expired",
                    "Invalid Refresh Token: Session Expired (Low AAL: User Needs MFA"
                            + " Verification)");
        }
    }

    @Test
    void endsTheOlderOfTwoSessionsWhereOnlyOneIsAllowed() {
        try (var single = TestAuth.start(Map.of("GOTRUE_SESSIONS_SINGLE_PER_USER", "true"))) {
            JsonNode session = single.signUp();
            assertThat(single.refresh(token(session)).status()).isEqualTo(200);
            single.database.execute(
                    """
                    insert into auth.sessions (id, user_id, created_at, updated_at, aal)
                    values (gen_random_uuid(), '%s', '2026-01-02T04:00:00Z', now(), 'aal1')\
                    """
                            .formatted(userId(session)));

            assertRefused(
                    single.refresh(token(session)),
                    "400 session_expired",
                    "Invalid Refresh Token: Session Expired (Revoked by Newer Login)");
        }
    }

    @Test
    void refusesTheSessionOfAnOauthClient() {
        JsonNode session = auth.signUp();
        auth.database.execute(
                """
                with client as (
                    insert into auth.oauth_clients (id, registration_type, redirect_uris, grant_types,
                        token_endpoint_auth_method)
                    values (gen_random_uuid(), 'manual', 'http://127.0.0.1', 'refresh_token',
                        'none')
                    returning id)
                update auth.sessions set oauth_client_id = client.id from client
                 where user_id = '%s'\
                """
                        .formatted(userId(session)));
        assertThat(auth.refresh(token(session)).body())
                .isEqualTo(
                        "{\"error\":\"invalid_client\",\"error_description\":\"Client"
                                + " authentication required for OAuth session\"}");
    }

    private static JsonNode claims(JsonNode session) {
        String token = session.path("access_token").asText();
        return ((Verification.Verified) auth.tokens.verify(token)).token().claims();
    }
}
