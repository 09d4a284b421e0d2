package dev.hearth.client.auth;

import static dev.hearth.client.auth.Fixture.NO_CHALLENGE;
import static dev.hearth.client.auth.Fixture.USER;

import static org.assertj.core.api.Assertions.assertThat;

import mockwebserver3.RecordedRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Map;

/// How users sign up and in, over the wire as supabase-js 2.119.0 was seen to send it.
final class SignInRequestsTest {

    private final Fixture fixture = new Fixture();
    private final AuthClient auth = fixture.auth;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void carriesKeyVersionAndType() {
        fixture.answerSession("r1", 3600);
        auth.signInAnonymously();

        RecordedRequest request = fixture.take();
        assertThat(request.getHeaders().get("apikey")).isEqualTo("KEY");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer KEY");
        assertThat(request.getHeaders().get("X-Supabase-Api-Version")).isEqualTo("2024-01-01");
        assertThat(request.getHeaders().get("Content-Type"))
                .isEqualTo("application/json;charset=UTF-8");
    }

    @Test
    void signsInAnonymously() {
        fixture.answerSession("r1", 3600);
        auth.signInAnonymously();
        assertThat(fixture.line())
                .isEqualTo("POST /auth/v1/signup {\"data\":{},\"gotrue_meta_security\":{}}");
    }

    @Test
    void signsInAnonymouslyWithDataAndCaptcha() {
        fixture.answerSession("r1", 3600);
        auth.signInAnonymously(
                AnonymousCredentials.of().data(Map.of("nick", "ann")).captchaToken("cap"));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/signup {\"data\":{\"nick\":\"ann\"},"
                                + "\"gotrue_meta_security\":{\"captcha_token\":\"cap\"}}");
    }

    @Test
    void signsUpByAddress() {
        fixture.answerSession("r1", 3600);
        auth.signUp("a@b.c", "pw");
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/signup {\"email\":\"a@b.c\",\"password\":\"pw\","
                                + "\"data\":{},\"gotrue_meta_security\":{},"
                                + NO_CHALLENGE);
    }

    @Test
    void signsUpWithARedirect() {
        fixture.answerSession("r1", 3600);
        auth.signUp(
                SignUpCredentials.email("a@b.c", "pw")
                        .redirectTo("https://app.example/hi?x=1 2~*")
                        .data(Map.of("nick", "ann"))
                        .captchaToken("cap"));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/signup?redirect_to=https%3A%2F%2Fapp.example%2Fhi%3Fx%3D1+2%7E*"
                            + " {\"email\":\"a@b.c\",\"password\":\"pw\",\"data\":{\"nick\":\"ann\"},"
                            + "\"gotrue_meta_security\":{\"captcha_token\":\"cap\"},"
                                + NO_CHALLENGE);
    }

    @Test
    void signsUpByTelephone() {
        fixture.answerSession("r1", 3600);
        auth.signUp(SignUpCredentials.phone("123", "pw").channel(MessageChannel.WHATSAPP));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/signup {\"phone\":\"123\",\"password\":\"pw\",\"data\":{},"
                                + "\"channel\":\"whatsapp\",\"gotrue_meta_security\":{}}");
    }

    @Test
    void signsInByPassword() {
        fixture.answerSession("r1", 3600);
        auth.signInWithPassword("a@b.c", "pw");
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/token?grant_type=password {\"email\":\"a@b.c\","
                                + "\"password\":\"pw\",\"gotrue_meta_security\":{}}");
    }

    @Test
    void signsInByPasswordAndTelephone() {
        fixture.answerSession("r1", 3600);
        auth.signInWithPassword(PasswordCredentials.phone("123", "pw").captchaToken("cap"));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/token?grant_type=password {\"phone\":\"123\","
                                + "\"password\":\"pw\","
                                + "\"gotrue_meta_security\":{\"captcha_token\":\"cap\"}}");
    }

    @Test
    void sendsACodeByLetter() {
        fixture.answer("{}");
        auth.signInWithOtp(
                OtpCredentials.email("a@b.c")
                        .shouldCreateUser(false)
                        .redirectTo("https://app.example/hi")
                        .data(Map.of("a", 1)));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/otp?redirect_to=https%3A%2F%2Fapp.example%2Fhi"
                                + " {\"email\":\"a@b.c\",\"data\":{\"a\":1},\"create_user\":false,"
                                + "\"gotrue_meta_security\":{},"
                                + NO_CHALLENGE);
    }

    @Test
    void sendsACodeByTextMessage() {
        fixture.answer("{\"message_id\":\"m1\"}");
        OtpResponse sent = auth.signInWithOtp(OtpCredentials.phone("123"));
        assertThat(sent.messageId()).contains("m1");
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/otp {\"phone\":\"123\",\"data\":{},\"create_user\":true,"
                                + "\"gotrue_meta_security\":{},\"channel\":\"sms\"}");
    }

    @Test
    void verifiesACode() {
        fixture.answerSession("r1", 3600);
        auth.verifyOtp(
                OtpVerification.email("a@b.c", "123456", OtpType.EMAIL)
                        .redirectTo("https://r")
                        .captchaToken("cap"));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/verify?redirect_to=https%3A%2F%2Fr {\"email\":\"a@b.c\","
                                + "\"token\":\"123456\",\"type\":\"email\","
                                + "\"gotrue_meta_security\":{\"captcha_token\":\"cap\"}}");
    }

    @Test
    void verifiesAHash() {
        fixture.answerSession("r1", 3600);
        auth.verifyOtp(OtpVerification.tokenHash("h", OtpType.RECOVERY));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/verify {\"token_hash\":\"h\",\"type\":\"recovery\","
                                + "\"gotrue_meta_security\":{}}");
    }

    @Test
    void givesTheAddressOfAProvider() {
        OAuthUrl url =
                auth.signInWithOAuth(
                        OAuthCredentials.provider("github")
                                .redirectTo("http://127.0.0.1:9/cb?a=b~'")
                                .scopes("repo gist")
                                .queryParam("login_hint", "a b~"));
        assertThat(url.url().toString())
                .isEqualTo(
                        fixture.http.address()
                                + "/auth/v1/authorize?provider=github"
                                + "&redirect_to=http%3A%2F%2F127.0.0.1%3A9%2Fcb%3Fa%3Db~'"
                                + "&scopes=repo%20gist&login_hint=a+b%7E");
    }

    @Test
    void signsInByIdToken() {
        fixture.answerSession("r1", 3600);
        auth.signInWithIdToken(IdTokenCredentials.of("google", "idt").accessToken("at").nonce("n"));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/token?grant_type=id_token {\"provider\":\"google\","
                                + "\"id_token\":\"idt\",\"access_token\":\"at\",\"nonce\":\"n\","
                                + "\"gotrue_meta_security\":{}}");
    }

    @Test
    void asksForTheSsoPage() {
        fixture.answer("{\"url\":\"https://idp.example/login\"}");
        URI page = auth.signInWithSSO(SsoCredentials.domain("x.com").redirectTo("https://r"));
        assertThat(page).isEqualTo(URI.create("https://idp.example/login"));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/sso {\"domain\":\"x.com\",\"redirect_to\":\"https://r\","
                                + "\"skip_http_redirect\":true,"
                                + NO_CHALLENGE);
    }

    @Test
    void resetsAPassword() {
        fixture.answer("{}");
        auth.resetPasswordForEmail(PasswordReset.of("a@b.c").redirectTo("https://r"));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/recover?redirect_to=https%3A%2F%2Fr {\"email\":\"a@b.c\","
                                + "\"code_challenge\":null,\"code_challenge_method\":null,"
                                + "\"gotrue_meta_security\":{}}");
    }

    @Test
    void sendsALetterAgain() {
        fixture.answer("{}");
        auth.resend(Resend.signUp("a@b.c").redirectTo("https://r"));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/resend?redirect_to=https%3A%2F%2Fr {\"email\":\"a@b.c\","
                                + "\"type\":\"signup\",\"gotrue_meta_security\":{},"
                                + NO_CHALLENGE);
    }

    @Test
    void sendsATextMessageAgain() {
        fixture.answer("{}");
        auth.resend(Resend.sms("123"));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/resend {\"phone\":\"123\",\"type\":\"sms\","
                                + "\"gotrue_meta_security\":{}}");
    }

    @Test
    void reportsASignUpThatHasToBeConfirmed() {
        fixture.answer(USER);
        AuthResponse response = auth.signUp("a@b.c", "pw");
        assertThat(response.session()).isEmpty();
        assertThat(response.user().orElseThrow().email()).contains("a@b.c");
    }
}
