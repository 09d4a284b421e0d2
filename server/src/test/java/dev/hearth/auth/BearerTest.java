package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.auth.TestAuth.Call;
import dev.hearth.auth.TestAuth.Reply;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Method;
import dev.hearth.testing.TestClock;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.UUID;

/// The table of auth.md 2.2, row by row.
class BearerTest {

    private static final long LATER = TestClock.START.getEpochSecond() + 600;
    private static final String INVALID = "invalid JWT: unable to parse or verify signature, token";

    @AutoClose private static TestAuth auth;

    @BeforeAll
    static void open() {
        auth = TestAuth.start();
    }

    private static Call user() {
        return auth.call(Method.GET, "/auth/v1/user");
    }

    private static void assertRefused(Reply reply, String refusal, String message) {
        assertThat(reply.refusal()).isEqualTo(refusal);
        assertThat(reply.json().path("message").asText()).isEqualTo(message);
    }

    @Test
    void wantsABearer() {
        assertRefused(
                user().as(new Credential.None()).ask(),
                "401 no_authorization",
                "This endpoint requires a valid Bearer token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic abc", "Bearer", "Bearer a b", "abc"})
    void wantsABearerOfTheRightForm(String header) {
        assertRefused(
                user().header("Authorization", header).ask(),
                "401 no_authorization",
                "This endpoint requires a valid Bearer token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anon", "service_role"})
    void refusesAProjectKeyWithoutUser(String role) {
        assertRefused(
                user().as(new Credential.ProjectKey(role)).ask(),
                "403 bad_jwt",
                "invalid claim: missing sub claim");
    }

    @Test
    void refusesTheLegacyKeys() {
        assertRefused(
                user().bearer(auth.tokenConfig.anonKey().value()).ask(),
                "403 bad_jwt",
                "invalid claim: missing sub claim");
        assertRefused(
                user().bearer(auth.tokenConfig.serviceRoleKey().value()).ask(),
                "403 bad_jwt",
                "invalid claim: missing sub claim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b", "a.b.c", "....", "eyJhbGciOiJub25lIn0.e30"})
    void refusesWhatIsNoToken(String token) {
        assertRefused(
                user().bearer(token).ask(),
                "403 bad_jwt",
                INVALID + " is malformed: token contains an invalid number of segments");
    }

    @Test
    void refusesAForeignSignature() {
        String token =
                JWT.create()
                        .withSubject(UUID.randomUUID().toString())
                        .sign(Algorithm.HMAC256("another-secret-of-at-least-32-characters"));
        assertRefused(
                user().bearer(token).ask(),
                "403 bad_jwt",
                INVALID + " signature is invalid: signature is invalid");
    }

    @Test
    void refusesNone() {
        assertRefused(
                user().bearer("eyJhbGciOiJub25lIn0.e30.").ask(),
                "403 bad_jwt",
                INVALID + " signature is invalid: signing method none is invalid");
    }

    @Test
    void refusesAnExpiredToken() {
        try (var later = TestAuth.start()) {
            JsonNode session = later.signUp();
            later.clock.forward(Duration.ofHours(1));
            assertRefused(
                    later.call(Method.GET, "/auth/v1/user").bearer(session).ask(),
                    "403 bad_jwt",
                    INVALID + " has invalid claims: token is expired");
        }
    }

    @Test
    void refusesATokenWithoutEnd() {
        String token = auth.sign("{\"sub\":\"%s\"}".formatted(UUID.randomUUID()));
        assertRefused(
                user().bearer(token).ask(),
                "403 bad_jwt",
                INVALID + " has invalid claims: token is missing required claim: exp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "sub":""                                       | 403 bad_jwt        | invalid claim: missing sub claim
                    "sub":5                                        | 403 bad_jwt        | invalid claim: missing sub claim
                    "sub":"ann"                                    | 400 bad_jwt        | invalid claim: sub claim must be a UUID
                    "sub":"1-1-1-1-1"                              | 400 bad_jwt        | invalid claim: sub claim must be a UUID
                    "sub":"7f3e0d32-9f3c-4a6a-8f3f-2f0a6d0c6f11"   | 403 user_not_found | User from sub claim in JWT does not exist
                    """)
    void refusesABadSubject(String claim, String refusal, String message) {
        String token = auth.sign("{%s,\"exp\":%d}".formatted(claim, LATER));
        assertRefused(user().bearer(token).ask(), refusal, message);
    }

    @Test
    void refusesASessionIdThatIsNoUuid() {
        assertRefused(
                user().bearer(tokenOf(userId(), "\"x\"")).ask(),
                "403 bad_jwt",
                "invalid claim: session_id claim must be a UUID");
    }

    @Test
    void refusesAnEndedSession() {
        assertRefused(
                user().bearer(tokenOf(userId(), "\"" + UUID.randomUUID() + "\"")).ask(),
                "403 session_not_found",
                "Session from session_id claim in JWT does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"00000000-0000-0000-0000-000000000000\"", "\"\"", "null"})
    void toleratesATokenWithoutSession(String session) {
        assertThat(user().bearer(tokenOf(userId(), session)).ask().status()).isEqualTo(200);
    }

    @Test
    void refusesABannedUser() {
        JsonNode session = auth.signUp();
        auth.database.execute(
                "update auth.users set banned_until = 'infinity' where id = '%s'"
                        .formatted(session.path("user").path("id").asText()));
        assertRefused(user().bearer(session).ask(), "403 user_banned", "User is banned");
    }

    @Test
    void acceptsAUserWhoseBanIsOver() {
        JsonNode session = auth.signUp();
        auth.database.execute(
                "update auth.users set banned_until = '2026-01-02T03:04:05Z' where id = '%s'"
                        .formatted(session.path("user").path("id").asText()));
        assertThat(user().bearer(session).ask().status()).isEqualTo(200);
    }

    @Test
    void refusesAnotherAudience() {
        assertRefused(
                user().bearer(auth.signUp()).header("X-JWT-AUD", "staff").ask(),
                "400 validation_failed",
                "Token audience doesn't match request audience");
    }

    @Test
    void acceptsAnySpellingOfBearer() {
        String token = auth.signUp().path("access_token").asText();
        assertThat(user().bearer(token).header("Authorization", "bEARER   " + token).ask().status())
                .isEqualTo(200);
    }

    private static String userId() {
        return auth.signUp().path("user").path("id").asText();
    }

    private static String tokenOf(String userId, String session) {
        return auth.sign(
                "{\"sub\":\"%s\",\"aud\":\"authenticated\",\"exp\":%d,\"session_id\":%s}"
                        .formatted(userId, LATER, session));
    }
}
