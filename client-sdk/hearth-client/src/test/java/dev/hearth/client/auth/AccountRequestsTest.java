package dev.hearth.client.auth;

import static dev.hearth.client.auth.Fixture.FACTOR_ID;
import static dev.hearth.client.auth.Fixture.NO_CHALLENGE;
import static dev.hearth.client.auth.Fixture.USER;
import static dev.hearth.client.auth.Fixture.USER_ID;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.time.HandMovedTimers;

import mockwebserver3.RecordedRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Map;
import java.util.UUID;

/// What users do with their own account, over the wire as supabase-js 2.119.0 was seen to send it.
final class AccountRequestsTest {

    private final Fixture fixture = new Fixture();
    private final AuthClient auth = fixture.auth;

    @AfterEach
    void close() {
        fixture.close();
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
