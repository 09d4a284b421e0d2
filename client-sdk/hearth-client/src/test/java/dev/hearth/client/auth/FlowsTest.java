package dev.hearth.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.HandMovedTimers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sessions that come back from a browser.
final class FlowsTest {

    private static final String KEY = "sb-127-auth-token";

    private final SessionStorage storage = SessionStorage.memory();
    private final Fixture fixture = new Fixture(o -> o.storage(storage).flowType(FlowType.PKCE));
    private final AuthClient auth = fixture.auth;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void sendsAChallengeAndKeepsItsVerifier() throws Exception {
        fixture.answer("{}");
        auth.signInWithOtp(OtpCredentials.email("a@b.c"));

        var body = Json.protocol().readTree(fixture.take().getBody().utf8());
        String kept = storage.getItem(KEY + "-code-verifier").orElseThrow();
        String verifier = Json.protocol().readTree(kept).textValue();
        assertThat(verifier).matches("[0-9a-f]{112}");
        assertThat(body.path("code_challenge").textValue())
                .isEqualTo(Verifiers.challenge(verifier));
        assertThat(body.path("code_challenge_method").textValue()).isEqualTo("s256");
    }

    @Test
    void hashesAsRfc7636Says() {
        assertThat(Verifiers.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void exchangesTheCodeOfAnAddress() {
        OAuthUrl url = auth.signInWithOAuth(OAuthCredentials.provider("github"));
        assertThat(url.url().getQuery()).contains("code_challenge_method=s256");
        String verifier = storage.getItem(KEY + "-code-verifier").orElseThrow();
        fixture.answerSession("r1", 3600);

        auth.getSessionFromUrl(URI.create("http://127.0.0.1:8123/done?code=c1&state=x"));

        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/token?grant_type=pkce {\"auth_code\":\"c1\","
                                + "\"code_verifier\":"
                                + verifier
                                + "}");
        assertThat(storage.getItem(KEY + "-code-verifier")).isEmpty();
    }

    @Test
    void knowsSeveralFlowsApart() {
        OAuthUrl first = auth.signInWithOAuth(OAuthCredentials.provider("github"));
        String verifier = storage.getItem(KEY + "-code-verifier").orElseThrow();
        auth.signInWithOAuth(OAuthCredentials.provider("google"));
        fixture.answerSession("r1", 3600);

        auth.exchangeCodeForSession("c1", first.flowId().orElseThrow());

        assertThat(fixture.line()).contains(verifier);
    }

    @Test
    void forgetsTheOldestOfTooManyFlows() {
        var flows = new ArrayList<String>();
        for (int flow = 0; flow <= Verifiers.MOST_FLOWS; flow++) {
            OAuthUrl url = auth.signInWithOAuth(OAuthCredentials.provider("github"));
            flows.add(url.flowId().orElseThrow());
        }

        assertThat(storage.getItem(KEY + "-flow-" + flows.get(0) + "-code-verifier")).isEmpty();
        assertThat(storage.getItem(KEY + "-flow-" + flows.get(1) + "-code-verifier")).isPresent();
        assertThatThrownBy(() -> auth.exchangeCodeForSession("c1", flows.get(0)))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("finish the sign-in with the client");
    }

    @Test
    void forgetsTheVerifierOfACallThatFailed() {
        fixture.answer(429, "{\"code\":\"over_email_send_rate_limit\",\"message\":\"slow\"}");
        assertThatThrownBy(() -> auth.signInWithOtp(OtpCredentials.email("a@b.c")))
                .isInstanceOf(AuthException.class);

        assertThat(storage.getItem(KEY + "-code-verifier")).isEmpty();
        assertThat(storage.getItem(KEY + "-flows-code-verifier")).isEmpty();
    }

    /// A storage that keeps what it shall forget is logged, and no reason to lose a sign-in.
    @Test
    void signsInThoughTheVerifierStays() {
        var sticky =
                new SessionStorage() {
                    @Override
                    public Optional<String> getItem(String key) {
                        return storage.getItem(key);
                    }

                    @Override
                    public void setItem(String key, String value) {
                        storage.setItem(key, value);
                    }

                    @Override
                    public void removeItem(String key) {
                        throw new IllegalStateException("read-only");
                    }
                };
        AuthClient other = fixture.another(o -> o.storage(sticky).flowType(FlowType.PKCE), "KEY");
        other.signInWithOAuth(OAuthCredentials.provider("github"));
        fixture.answerSession("r1", 3600);

        assertThat(other.exchangeCodeForSession("c1").session()).isPresent();
        fixture.answer(429, "{\"code\":\"over_email_send_rate_limit\",\"message\":\"slow\"}");
        assertThatThrownBy(() -> other.signInWithOtp(OtpCredentials.email("a@b.c")))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("slow");
        other.dispose();
    }

    @Test
    void tellsARecoveryByItsVerifier() {
        var heard = new ArrayList<AuthChangeEvent>();
        auth.onAuthStateChange((event, session) -> heard.add(event));
        fixture.answer("{}");
        auth.resetPasswordForEmail(PasswordReset.of("a@b.c"));
        fixture.answerSession("r1", 3600);

        AuthResponse response = auth.exchangeCodeForSession("c1");

        assertThat(response.redirectType()).contains("recovery");
        assertThat(heard).last().isEqualTo(AuthChangeEvent.PASSWORD_RECOVERY);
    }

    @Test
    void takesNoSessionOutOfAFragmentWithPkce() {
        assertThatThrownBy(() -> auth.getSessionFromUrl(fragment("signup")))
                .isInstanceOfSatisfying(
                        AuthException.class,
                        e -> assertThat(e.code()).contains(AuthErrorCode.INVALID_REDIRECT));
    }

    private static URI fragment(String type) {
        Instant end = HandMovedTimers.START.plusSeconds(3600);
        return URI.create(
                "https://app.example/hi#access_token="
                        + Fixture.jwt(end)
                        + "&expires_at="
                        + end.getEpochSecond()
                        + "&expires_in=3600&refresh_token=r1&sb=&token_type=bearer&type="
                        + type);
    }

    @Test
    void takesASessionOutOfAFragment() {
        AuthClient implicit = fixture.another(o -> o, "KEY");
        fixture.answer(Fixture.USER);

        AuthResponse response = implicit.getSessionFromUrl(fragment("signup"));

        assertThat(response.redirectType()).contains("signup");
        assertThat(implicit.getSession().orElseThrow().refreshToken()).isEqualTo("r1");
        assertThat(fixture.line()).isEqualTo("GET /auth/v1/user");
    }

    @Test
    void throwsTheErrorOfAnAddress() {
        URI url =
                URI.create(
                        "https://app.example/#error=access_denied&error_code=otp_expired"
                                + "&error_description=Email+link+is+invalid+or+has+expired&sb=");
        assertThatThrownBy(() -> auth.getSessionFromUrl(url))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.isOtpExpired()).isTrue())
                .hasMessageStartingWith("Email link is invalid or has expired");
    }

    @Test
    void namesAnAddressWithNothingInIt() {
        AuthClient implicit = fixture.another(o -> o, "KEY");
        for (String url : List.of("https://a/", "https://a/#", "https://a/?x=1#=&&access_token=")) {
            assertThatThrownBy(() -> implicit.getSessionFromUrl(URI.create(url)))
                    .isInstanceOfSatisfying(
                            AuthException.class,
                            e -> assertThat(e.code()).contains(AuthErrorCode.INVALID_REDIRECT));
        }
    }
}
