package dev.hearth.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.time.HandMovedTimers;

import mockwebserver3.MockResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/// What the server refuses, and what this side does.
final class RefusalsTest {

    private final Fixture fixture = new Fixture();
    private final AuthClient auth = fixture.auth;

    @AfterEach
    void close() {
        fixture.close();
    }

    private AuthException refused(int status, String body) {
        fixture.answer(status, body);
        return catchThrowableOfType(
                AuthException.class, () -> auth.signInWithPassword("a@b.c", "pw"));
    }

    @Test
    void readsTheShapeOfToday() {
        AuthException e =
                refused(
                        400,
                        "{\"code\":\"invalid_credentials\",\"message\":\"Invalid login"
                                + " credentials\"}");
        assertThat(e.code()).contains("invalid_credentials");
        assertThat(e.status()).hasValue(400);
        assertThat(e.isInvalidCredentials()).isTrue();
        assertThat(e).hasMessageStartingWith("Invalid login credentials; check the address");
        assertThat(e.request().orElseThrow().url()).endsWith("/auth/v1/token");
    }

    @Test
    void readsTheShapeOfBefore() {
        AuthException e =
                refused(
                        422,
                        "{\"code\":422,\"error_code\":\"user_already_exists\",\"msg\":\"User"
                                + " already registered\"}");
        assertThat(e.isUserAlreadyExists()).isTrue();
        assertThat(e).hasMessageStartingWith("User already registered");
    }

    @Test
    void readsTheShapeOfOAuth() {
        AuthException e =
                refused(400, "{\"error\":\"invalid_grant\",\"error_description\":\"no such\"}");
        assertThat(e.code()).contains("invalid_grant");
        assertThat(e).hasMessage("no such");
    }

    @Test
    void readsTheShapeOfAGate() {
        AuthException e = refused(403, "{\"message\":\"You cannot consume this service\"}");
        assertThat(e.code()).isEmpty();
        assertThat(e).hasMessage("You cannot consume this service");
    }

    @Test
    void tellsWhyAPasswordIsWeak() {
        AuthException e =
                refused(
                        422,
                        "{\"code\":\"weak_password\",\"message\":\"too short\","
                                + "\"weak_password\":{\"reasons\":[\"length\",\"pwned\"]}}");
        assertThat(e.isWeakPassword()).isTrue();
        assertThat(e.weakPasswordReasons()).containsExactly("length", "pwned");
    }

    @Test
    void knowsARateLimit() {
        AuthException e =
                refused(429, "{\"code\":\"over_email_send_rate_limit\",\"message\":\"slow down\"}");
        assertThat(e.isRateLimited()).isTrue();
        assertThat(e.isRetryable()).isTrue();
    }

    @Test
    void namesAnErrorThatIsNoJson() {
        AuthException e = refused(502, "<html>");
        assertThat(e.status()).hasValue(502);
        assertThat(e).hasMessageContaining("no JSON").hasMessageContaining("address");
    }

    @Test
    void namesASuccessThatIsNoJson() {
        for (String body : new String[] {"", "<html>", "7", "\"x\""}) {
            fixture.server.enqueue(new MockResponse.Builder().code(200).body(body).build());
            assertThatThrownBy(() -> auth.signInWithPassword("a@b.c", "pw"))
                    .as(body)
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("no JSON");
        }
    }

    @Test
    void namesASignInWithoutASession() {
        fixture.answer("{}");
        assertThatThrownBy(() -> auth.signInWithPassword("a@b.c", "pw"))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("without a session");
    }

    @Test
    void asksForASessionBeforeItAsksTheServer() {
        assertThatThrownBy(auth::getUser)
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.isSessionMissing()).isTrue())
                .hasMessageContaining("sign in first");
        assertThat(fixture.server.getRequestCount()).isZero();
    }

    @Test
    void refusesToAdministerWithAPublicKey() {
        String anon =
                Fixture.part("{\"alg\":\"HS256\"}")
                        + "."
                        + Fixture.part("{\"role\":\"anon\"}")
                        + ".c2ln";
        for (String key : new String[] {anon, "sb_publishable_x"}) {
            AuthClient publicClient = fixture.another(o -> o, key);
            assertThatThrownBy(publicClient::admin)
                    .isInstanceOf(AuthException.class)
                    .hasMessageContaining("secret");
        }
    }

    @Test
    void refusesEmptyArguments() {
        assertThatThrownBy(() -> auth.signUp("", "pw"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the email is empty");
        assertThatThrownBy(() -> auth.setSession("", "r"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> auth.getUser("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> auth.refreshSession(""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> auth.exchangeCodeForSession(""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> auth.admin().listUsers(0, 10))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OAuthCredentials.provider(""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AuthOptions.builder().storageKey(""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasEveryCodeUnderItsOwnName() {
        assertThat(Arrays.stream(AuthErrorCode.class.getFields()))
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        field -> {
                            assertThat(Modifier.isStatic(field.getModifiers())).isTrue();
                            assertThat(field.get(null))
                                    .isEqualTo(field.getName().toLowerCase(Locale.ROOT));
                        });
    }

    @Test
    void neverPrintsWhatIsSecret() {
        fixture.answer(Fixture.session("r1-secret", HandMovedTimers.START.plusSeconds(3600), 3600));
        AuthResponse response = auth.signInWithPassword("a@b.c", "pw-secret");
        String printed =
                response
                        + " "
                        + String.valueOf((Object) PasswordCredentials.email("a@b.c", "pw-secret"))
                        + new AuthStateChange(
                                AuthChangeEvent.SIGNED_IN,
                                response.session(),
                                java.util.Optional.empty());
        assertThat(printed)
                .doesNotContain("secret", "a@b.c", auth.accessToken())
                .contains(Fixture.USER_ID);
    }

    @Test
    void givesTheSameThroughAFuture() throws Exception {
        try (var many = new Fixture(o -> o, "KEY", Tasks.own(true))) {
            many.answerSession("r1", 3600);
            UUID id = many.auth.signInAnonymouslyAsync().get().user().orElseThrow().id();
            assertThat(id).hasToString(Fixture.USER_ID);
        }
    }
}
