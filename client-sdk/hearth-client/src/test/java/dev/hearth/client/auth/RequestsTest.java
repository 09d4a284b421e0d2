package dev.hearth.client.auth;

import static dev.hearth.client.auth.Fixture.FACTOR_ID;
import static dev.hearth.client.auth.Fixture.USER;
import static dev.hearth.client.auth.Fixture.USER_ID;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.time.HandMovedTimers;

import mockwebserver3.RecordedRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/// What goes over the wire, as supabase-js 2.119.0 was seen to send it.
final class RequestsTest {

    private static final String NO_CHALLENGE =
            "\"code_challenge\":null,\"code_challenge_method\":null}";

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
    void asksForTheUserWithTheSessionsToken() {
        fixture.signIn(3600);
        fixture.answer(USER);
        assertThat(auth.getUser().id()).isEqualTo(UUID.fromString(USER_ID));
        RecordedRequest request = fixture.take();
        assertThat(request.getTarget()).isEqualTo("/auth/v1/user");
        assertThat(request.getHeaders().get("Authorization"))
                .isEqualTo("Bearer " + auth.accessToken());
    }

    @Test
    void refreshes() {
        fixture.signIn(3600);
        fixture.answerSession("r2", 3600);
        auth.refreshSession();
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/token?grant_type=refresh_token {\"refresh_token\":\"r1\"}");
    }

    @Test
    void takesTokensFromElsewhere() {
        fixture.answer(USER);
        AuthResponse response =
                auth.setSession(Fixture.jwt(HandMovedTimers.START.plusSeconds(600)), "r9");
        assertThat(fixture.line()).isEqualTo("GET /auth/v1/user");
        assertThat(response.session().orElseThrow().refreshToken()).isEqualTo("r9");
    }

    @Test
    void changesTheUser() {
        fixture.signIn(3600);
        fixture.answer(USER);
        auth.updateUser(
                UserAttributes.of()
                        .email("n@b.c")
                        .password("p2")
                        .nonce("1")
                        .currentPassword("old")
                        .redirectTo("https://r"));
        assertThat(fixture.line())
                .isEqualTo(
                        "PUT /auth/v1/user?redirect_to=https%3A%2F%2Fr {\"email\":\"n@b.c\","
                            + "\"password\":\"p2\",\"nonce\":\"1\",\"current_password\":\"old\","
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
    void reauthenticates() {
        fixture.signIn(3600);
        fixture.answer("{}");
        auth.reauthenticate();
        assertThat(fixture.line()).isEqualTo("GET /auth/v1/reauthenticate");
    }

    @Test
    void linksAnAccountByBrowser() {
        fixture.signIn(3600);
        fixture.answer("{\"url\":\"https://x/y\"}");
        OAuthUrl url =
                auth.linkIdentity(
                        OAuthCredentials.provider("github")
                                .redirectTo("https://r/it's~")
                                .scopes("a b"));
        assertThat(url.url()).isEqualTo(URI.create("https://x/y"));
        assertThat(fixture.line())
                .isEqualTo(
                        "GET /auth/v1/user/identities/authorize?provider=github"
                                + "&redirect_to=https%3A%2F%2Fr%2Fit%27s~&scopes=a%20b"
                                + "&skip_http_redirect=true");
    }

    @Test
    void linksAnAccountByIdToken() {
        fixture.signIn(3600);
        fixture.answerSession("r2", 3600);
        auth.linkIdentity(IdTokenCredentials.of("google", "idt"));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/token?grant_type=id_token {\"provider\":\"google\","
                                + "\"id_token\":\"idt\",\"link_identity\":true,"
                                + "\"gotrue_meta_security\":{}}");
    }

    @Test
    void unlinksAnAccount() {
        fixture.signIn(3600);
        fixture.answer("{}");
        auth.unlinkIdentity(new Identity(Map.of("identity_id", FACTOR_ID)));
        assertThat(fixture.line()).isEqualTo("DELETE /auth/v1/user/identities/" + FACTOR_ID);
    }

    @Test
    void signsOutEverywhere() {
        fixture.signIn(3600);
        fixture.answer(204, "");
        auth.signOut();
        assertThat(fixture.line()).isEqualTo("POST /auth/v1/logout?scope=global");
    }

    @Test
    void enrollsAnApp() {
        fixture.signIn(3600);
        fixture.answer(
                "{\"id\":\""
                        + FACTOR_ID
                        + "\",\"type\":\"totp\",\"totp\":{\"qr_code\":\"<svg/>\","
                        + "\"secret\":\"s\",\"uri\":\"otpauth://totp/x\"}}");
        EnrolledFactor factor =
                auth.mfa().enroll(FactorEnrollment.totp().friendlyName("phone").issuer("me"));
        assertThat(factor.totp().orElseThrow().qrCode())
                .isEqualTo("data:image/svg+xml;utf-8,<svg/>");
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/factors {\"friendly_name\":\"phone\","
                                + "\"factor_type\":\"totp\",\"issuer\":\"me\"}");
    }

    @Test
    void enrollsATelephone() {
        fixture.signIn(3600);
        fixture.answer("{\"id\":\"" + FACTOR_ID + "\",\"type\":\"phone\",\"phone\":\"123\"}");
        auth.mfa().enroll(FactorEnrollment.phone("123").friendlyName("phone"));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/factors {\"friendly_name\":\"phone\","
                                + "\"factor_type\":\"phone\",\"phone\":\"123\"}");
    }

    @Test
    void challengesAndVerifies() {
        fixture.signIn(3600);
        fixture.answer("{\"id\":\"" + USER_ID + "\",\"type\":\"totp\",\"expires_at\":5}");
        fixture.answerSession("r2", 3600);
        auth.mfa().challengeAndVerify(UUID.fromString(FACTOR_ID), "123456");
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/factors/"
                                + FACTOR_ID
                                + "/challenge {\"factorId\":\""
                                + FACTOR_ID
                                + "\"}");
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/factors/"
                                + FACTOR_ID
                                + "/verify {\"challenge_id\":\""
                                + USER_ID
                                + "\",\"code\":\"123456\"}");
    }

    @Test
    void challengesATelephoneByWhatsApp() {
        fixture.signIn(3600);
        fixture.answer("{\"id\":\"" + USER_ID + "\",\"type\":\"phone\"}");
        auth.mfa().challenge(UUID.fromString(FACTOR_ID), MessageChannel.WHATSAPP);
        assertThat(fixture.line()).endsWith("\"channel\":\"whatsapp\"}");
    }

    @Test
    void unenrolls() {
        fixture.signIn(3600);
        fixture.answer("{\"id\":\"" + FACTOR_ID + "\"}");
        auth.mfa().unenroll(UUID.fromString(FACTOR_ID));
        assertThat(fixture.line()).isEqualTo("DELETE /auth/v1/factors/" + FACTOR_ID);
    }

    @Test
    void createsAUser() {
        fixture.answer(USER);
        auth.admin()
                .createUser(
                        AdminUserAttributes.of()
                                .email("a@b.c")
                                .password("pw")
                                .emailConfirm(true)
                                .userMetadata(Map.of("a", 1))
                                .appMetadata(Map.of("r", 2))
                                .banDuration(Duration.ofHours(24))
                                .role("x")
                                .passwordHash("h")
                                .id(UUID.fromString(USER_ID)));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/admin/users {\"email\":\"a@b.c\",\"password\":\"pw\","
                                + "\"email_confirm\":true,\"user_metadata\":{\"a\":1},"
                                + "\"app_metadata\":{\"r\":2},\"ban_duration\":\"86400s\","
                                + "\"role\":\"x\",\"password_hash\":\"h\",\"id\":\""
                                + USER_ID
                                + "\"}");
    }

    @Test
    void listsUsers() {
        fixture.server.enqueue(
                Fixture.json(200, "{\"users\":[" + USER + "],\"aud\":\"authenticated\"}")
                        .newBuilder()
                        .addHeader("X-Total-Count", "120")
                        .addHeader(
                                "Link",
                                "</admin/users?page=2&per_page=>; rel=\"next\","
                                        + " </admin/users?page=12&per_page=>; rel=\"last\"")
                        .build());
        Page<User> page = auth.admin().listUsers();
        assertThat(page.nextPage()).hasValue(2);
        assertThat(page.lastPage()).isEqualTo(12);
        assertThat(page.total()).isEqualTo(120);
        assertThat(page.items()).hasSize(1);
        assertThat(fixture.line()).isEqualTo("GET /auth/v1/admin/users?page=&per_page=");
    }

    @Test
    void listsAPageOfUsers() {
        fixture.answer("{\"users\":[]}");
        assertThat(auth.admin().listUsers(2, 10).nextPage()).isEmpty();
        assertThat(fixture.line()).isEqualTo("GET /auth/v1/admin/users?page=2&per_page=10");
    }

    @Test
    void readsChangesAndDeletesAUser() {
        UUID id = UUID.fromString(USER_ID);
        fixture.answer(USER);
        fixture.answer(USER);
        fixture.answer("{}");
        auth.admin().getUserById(id);
        auth.admin().updateUserById(id, AdminUserAttributes.of().phone("1").phoneConfirm(true));
        auth.admin().deleteUser(id, true);
        String path = " /auth/v1/admin/users/" + USER_ID;
        assertThat(fixture.line()).isEqualTo("GET" + path);
        assertThat(fixture.line())
                .isEqualTo("PUT" + path + " {\"phone\":\"1\",\"phone_confirm\":true}");
        assertThat(fixture.line()).isEqualTo("DELETE" + path + " {\"should_soft_delete\":true}");
    }

    @Test
    void invitesAUser() {
        fixture.answer(USER);
        auth.admin()
                .inviteUserByEmail(
                        Invitation.of("a@b.c").data(Map.of("a", 1)).redirectTo("https://r"));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/invite?redirect_to=https%3A%2F%2Fr"
                                + " {\"email\":\"a@b.c\",\"data\":{\"a\":1}}");
    }

    @Test
    void makesALink() {
        fixture.answer(
                "{\"id\":\""
                        + USER_ID
                        + "\",\"action_link\":\"https://l\",\"hashed_token\":\"h\"}");
        GeneratedLink link =
                auth.admin().generateLink(LinkRequest.emailChangeNew("a@b.c", "n@b.c"));
        assertThat(link.actionLink()).isEqualTo("https://l");
        assertThat(link.user().raw()).containsOnlyKeys("id");
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/admin/generate_link {\"type\":\"email_change_new\","
                                + "\"email\":\"a@b.c\",\"new_email\":\"n@b.c\"}");
    }

    @Test
    void signsAnotherOut() {
        fixture.answer(204, "");
        auth.admin().signOut("x.y.z", SignOutScope.OTHERS);
        RecordedRequest request = fixture.take();
        assertThat(request.getTarget()).isEqualTo("/auth/v1/logout?scope=others");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer x.y.z");
    }

    @Test
    void listsAndDeletesFactorsOfAUser() {
        fixture.answer(
                "[{\"id\":\""
                        + FACTOR_ID
                        + "\",\"factor_type\":\"carrier_pigeon\",\"status\":\"verified\"}]");
        fixture.answer("{\"id\":\"" + FACTOR_ID + "\"}");
        AdminMfaClient mfa = auth.admin().mfa();
        Factors factors = mfa.listFactors(UUID.fromString(USER_ID));
        mfa.deleteFactor(UUID.fromString(USER_ID), factors.all().get(0).id());
        assertThat(factors.all().get(0).type()).isEqualTo(Factor.Type.UNKNOWN);
        String path = " /auth/v1/admin/users/" + USER_ID + "/factors";
        assertThat(fixture.line()).isEqualTo("GET" + path);
        assertThat(fixture.line()).isEqualTo("DELETE" + path + "/" + FACTOR_ID);
    }

    @Test
    void findsIdentitiesAndFactorsInTheUser() {
        fixture.signIn(3600);
        String user =
                "{\"id\":\""
                        + USER_ID
                        + "\",\"identities\":[{\"identity_id\":\""
                        + FACTOR_ID
                        + "\",\"id\":\"7\",\"provider\":\"github\"}],"
                        + "\"factors\":[{\"id\":\""
                        + FACTOR_ID
                        + "\",\"factor_type\":\"totp\",\"status\":\"verified\"}]}";
        fixture.answer(user);
        fixture.answer(user);
        assertThat(auth.getUserIdentities().get(0).provider()).isEqualTo("github");
        assertThat(auth.mfa().listFactors().totp()).hasSize(1);
        assertThat(fixture.line()).isEqualTo("GET /auth/v1/user");
        assertThat(fixture.line()).isEqualTo("GET /auth/v1/user");
    }

    @Test
    void signsInWithARefreshTokenFromElsewhere() {
        fixture.answerSession("r2", 3600);
        auth.refreshSession("other");
        assertThat(fixture.line()).endsWith("{\"refresh_token\":\"other\"}");
        assertThat(auth.getSession()).isPresent();
    }

    @Test
    void reportsASignUpThatHasToBeConfirmed() {
        fixture.answer(USER);
        AuthResponse response = auth.signUp("a@b.c", "pw");
        assertThat(response.session()).isEmpty();
        assertThat(response.user().orElseThrow().email()).contains("a@b.c");
    }

    @Test
    void keepsWhatItDoesNotKnow() {
        fixture.answer(
                "{\"id\":\""
                        + USER_ID
                        + "\",\"shoe_size\":12345678901234567890.125,\"x\":[null,{\"y\":1}]}");
        User user = auth.getUser("x.y.z");
        assertThat(user.raw().get("shoe_size")).hasToString("12345678901234567890.125");
        assertThat(user.raw().get("x")).hasToString("[null, {y=1}]");
    }
}
