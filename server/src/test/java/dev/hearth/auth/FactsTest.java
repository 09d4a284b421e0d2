package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.auth.TestAuth.Reply;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Method;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FactsTest {

    @AutoClose private static TestAuth auth;

    @BeforeAll
    static void open() {
        auth = TestAuth.start();
    }

    private static Reply get(String path) {
        return auth.call(Method.GET, "/auth/v1" + path).as(new Credential.None()).ask();
    }

    @Test
    void settingsTellWhatIsOn() {
        assertThat(get("/settings").body())
                .isEqualTo(
                        "{\"external\":{\"anonymous_users\":true,\"apple\":false,\"azure\":false,"
                            + "\"bitbucket\":false,\"discord\":false,\"facebook\":false,"
                            + "\"snapchat\":false,\"figma\":false,\"fly\":false,\"github\":false,"
                            + "\"gitlab\":false,\"google\":false,\"keycloak\":false,"
                            + "\"kakao\":false,\"linkedin\":false,\"linkedin_oidc\":false,"
                            + "\"notion\":false,\"spotify\":false,\"slack\":false,"
                            + "\"slack_oidc\":false,\"workos\":false,\"twitch\":false,"
                            + "\"twitter\":false,\"email\":false,\"phone\":false,\"zoom\":false},"
                            + "\"disable_signup\":false,\"mailer_autoconfirm\":false,"
                            + "\"phone_autoconfirm\":false,\"sms_provider\":\"\","
                            + "\"saml_enabled\":false,\"saml_private_key_next_configured\":false,"
                            + "\"passkeys_enabled\":false}");
    }

    @Test
    void healthNamesTheApi() {
        assertThat(get("/health").json().path("name").asText()).isEqualTo("GoTrue");
    }

    @Test
    void keySetHoldsPublicPartsOnly() {
        Reply reply = get("/.well-known/jwks.json");

        assertThat(reply.body())
                .isEqualTo(
                        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\","
                                + "\"x\":\"M5Sjqn5zwC9Kl1zVfUUGvv9boQjCGd45G8sdopBExB4\","
                                + "\"y\":\"P6IXMvA2WYXSHSOMTBH2jsw_9rrzGy89FjPf6oOsIxQ\","
                                + "\"kid\":\"b81269f1-21d8-4f2e-b719-c2240a840d90\","
                                + "\"alg\":\"ES256\",\"use\":\"sig\",\"key_ops\":[\"verify\"]}]}");
        assertThat(reply.headers()).containsEntry("Cache-Control", "public, max-age=600");
    }

    @Test
    void openIdConfigurationPointsToTheKeySet() {
        assertThat(get("/.well-known/openid-configuration").json().path("jwks_uri").asText())
                .isEqualTo("http://127.0.0.1:54321/auth/v1/.well-known/jwks.json");
    }
}
