package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.auth.TestAuth.Reply;
import dev.hearth.exchange.Method;
import dev.hearth.testing.TestClock;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

class AnonymousSignUpTest {

    @AutoClose private static TestAuth auth;

    @BeforeAll
    static void open() {
        auth = TestAuth.start();
    }

    private static Reply signUp(String body) {
        return auth.call(Method.POST, "/auth/v1/signup").body(body).ask();
    }

    private static JsonNode part(String token, int index) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
            return new ObjectMapper().readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void answersASession() {
        Reply reply = signUp("{\"data\":{},\"gotrue_meta_security\":{}}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(names(reply.json()))
                .containsExactly(
                        "access_token",
                        "token_type",
                        "expires_in",
                        "expires_at",
                        "refresh_token",
                        "user");
        assertThat(reply.json().path("token_type").asText()).isEqualTo("bearer");
        assertThat(reply.json().path("expires_in").intValue()).isEqualTo(3600);
        assertThat(reply.json().path("expires_at").longValue())
                .isEqualTo(TestClock.START.getEpochSecond() + 3600);
        assertThat(reply.json().path("refresh_token").asText()).matches("[a-z2-7]{12}");
    }

    @Test
    void answersTheUserWithoutFieldsThatAreNull() {
        JsonNode user = signUp("{\"data\":{\"nick\":\"ann\"}}").json().path("user");

        assertThat(names(user))
                .containsExactly(
                        "id",
                        "aud",
                        "role",
                        "email",
                        "phone",
                        "last_sign_in_at",
                        "app_metadata",
                        "user_metadata",
                        "identities",
                        "created_at",
                        "updated_at",
                        "is_anonymous");
        assertThat(user.toString())
                .contains(
                        "\"aud\":\"authenticated\",\"role\":\"authenticated\",\"email\":\"\","
                            + "\"phone\":\"\",\"last_sign_in_at\":\"2026-01-02T03:04:05.123456Z\","
                            + "\"app_metadata\":{},\"user_metadata\":{\"nick\":\"ann\"},"
                            + "\"identities\":[],\"created_at\":\"2026-01-02T03:04:05.123456Z\","
                            + "\"updated_at\":\"2026-01-02T03:04:05.123456Z\","
                            + "\"is_anonymous\":true}");
    }

    @Test
    void signsTheClaimsInUpstreamsOrder() {
        JsonNode session = signUp("{\"data\":{\"nick\":\"ann\"}}").json();
        JsonNode claims = part(session.path("access_token").asText(), 1);

        assertThat(names(claims))
                .containsExactly(
                        "iss",
                        "sub",
                        "aud",
                        "exp",
                        "iat",
                        "email",
                        "phone",
                        "app_metadata",
                        "user_metadata",
                        "role",
                        "aal",
                        "amr",
                        "session_id",
                        "is_anonymous");
        long now = TestClock.START.getEpochSecond();
        assertThat(claims.toString())
                .startsWith(
                        ("{\"iss\":\"http://127.0.0.1:54321/auth/v1\",\"sub\":\"%s\","
                                        + "\"aud\":\"authenticated\",\"exp\":%d,\"iat\":%d,"
                                        + "\"email\":\"\",\"phone\":\"\",\"app_metadata\":{},"
                                        + "\"user_metadata\":{\"nick\":\"ann\"},"
                                        + "\"role\":\"authenticated\",\"aal\":\"aal1\","
                                        + "\"amr\":[{\"method\":\"anonymous\",\"timestamp\":%d}],")
                                .formatted(
                                        session.path("user").path("id").asText(),
                                        now + 3600,
                                        now,
                                        now));
    }

    @Test
    void signsWithTheEllipticKeyOfDevelopment() {
        String token = signUp("{}").json().path("access_token").asText();

        assertThat(part(token, 0).toString())
                .isEqualTo(
                        "{\"alg\":\"ES256\",\"kid\":\"b81269f1-21d8-4f2e-b719-c2240a840d90\","
                                + "\"typ\":\"JWT\"}");
    }

    @Test
    void writesTheRowsThatUpstreamWrites() {
        JsonNode session =
                auth.call(Method.POST, "/auth/v1/signup")
                        .body("{\"data\":{\"nick\":\"ann\"}}")
                        .header("User-Agent", "tests/1")
                        .from("203.0.113.7")
                        .ask()
                        .json();
        String user = session.path("user").path("id").asText();

        assertThat(
                        auth.database.ask(
                                """
                                select concat_ws('|', instance_id, aud, role, coalesce(email, 'null'),
                                    coalesce(phone, 'null'), encrypted_password = '',
                                    confirmation_token = '', recovery_token = '',
                                    email_change = '', raw_app_meta_data, raw_user_meta_data,
                                    is_anonymous, is_sso_user, email_confirmed_at is null)
                                from auth.users where id = '%s'\
                                """
                                        .formatted(user)))
                .isEqualTo(
                        "00000000-0000-0000-0000-000000000000|authenticated|authenticated|null|"
                                + "null|t|t|t|t|{}|{\"nick\": \"ann\"}|t|f|t");
        assertThat(
                        auth.database.ask(
                                """
                                select concat_ws('|', aal, user_agent, host(ip),
                                    refreshed_at is null, not_after is null, m.authentication_method)
                                from auth.sessions s join auth.mfa_amr_claims m on m.session_id = s.id
                                where user_id = '%s'\
                                """
                                        .formatted(user)))
                .isEqualTo("aal1|tests/1|203.0.113.7|t|t|anonymous");
        assertThat(
                        auth.database.ask(
                                """
                                select concat_ws('|', token, parent is null, revoked, user_id,
                                    session_id is not null)
                                from auth.refresh_tokens where user_id = '%s'\
                                """
                                        .formatted(user)))
                .isEqualTo(session.path("refresh_token").asText() + "|t|f|" + user + "|t");
    }

    @Test
    void writesNoIdentityAndNoAuditEntry() {
        String user = signUp("{}").json().path("user").path("id").asText();

        assertThat(
                        auth.database.ask(
                                """
                                select (select count(*) from auth.identities where user_id = '%1$s')
                                    + (select count(*) from auth.audit_log_entries
                                        where payload ->> 'actor_id' = '%1$s')\
                                """
                                        .formatted(user)))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "{\"data\":null}",
                "{\"data\":{}}",
                "{\"email\":\"\",\"phone\":null,\"password\":\"secret1\"}",
                "{\"email\":null,\"code_challenge\":null,\"unknown\":[1]}"
            })
    void takesEveryFormWithoutAnAddressAsAnonymous(String body) {
        assertThat(signUp(body).json().path("user").path("is_anonymous").asBoolean()).isTrue();
    }

    @Test
    void keepsDataAsItIs() {
        String data =
                "{\"big\":12345678901234567890.125,\"deep\":[{\"a\":null}],\"gone\":null,"
                        + "\"text\":\"ü\\\"<\"}";
        assertThat(signUp("{\"data\":" + data + "}").body())
                .contains("12345678901234567890.125", "\"deep\":[{\"a\":null}]", "\"gone\":null");
    }

    @Test
    void takesTheAudienceOfTheHeader() {
        JsonNode session =
                auth.call(Method.POST, "/auth/v1/signup")
                        .body("{}")
                        .header("X-JWT-AUD", "staff")
                        .ask()
                        .json();

        assertThat(session.path("user").path("aud").asText()).isEqualTo("staff");
    }

    @Test
    void refusesAnAudienceThatTheColumnCannotHold() {
        Reply reply =
                auth.call(Method.POST, "/auth/v1/signup")
                        .body("{}")
                        .header("X-JWT-AUD", "a".repeat(256))
                        .ask();

        assertThat(reply.refusal()).isEqualTo("400 validation_failed");
    }

    @Test
    void takesALinkLocalClient() {
        Reply reply = auth.call(Method.POST, "/auth/v1/signup").body("{}").from("fe80::1%1").ask();

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void isRefusedWhereItIsOff() {
        try (var off = TestAuth.start(Map.of("ENABLE_ANONYMOUS_USERS", "false"))) {
            Reply reply = off.call(Method.POST, "/auth/v1/signup").body("{}").ask();

            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.body())
                    .isEqualTo(
                            "{\"code\":\"anonymous_provider_disabled\","
                                    + "\"message\":\"Anonymous sign-ins are disabled\"}");
        }
    }

    @Test
    void isRefusedWhereSignUpIsOff() {
        try (var off = TestAuth.start(Map.of("DISABLE_SIGNUP", "true"))) {
            Reply reply = off.call(Method.POST, "/auth/v1/signup").body("{}").ask();

            assertThat(reply.body())
                    .isEqualTo(
                            "{\"code\":\"signup_disabled\","
                                    + "\"message\":\"Signups not allowed for this instance\"}");
        }
    }

    @Test
    void isLimitedToThirtyAnHourForOneAddressOutsideDevelopment() {
        try (var live = TestAuth.startOutsideDevelopment()) {
            var replies = new ArrayList<Integer>();
            for (int i = 0; i < 31; i++) {
                replies.add(live.call(Method.POST, "/auth/v1/signup").body("{}").ask().status());
            }
            assertThat(replies.subList(0, 30)).containsOnly(200);
            assertThat(replies.get(30)).isEqualTo(429);
        }
    }

    @Test
    void isNotLimitedForThisMachineInDevelopment() {
        try (var small = TestAuth.start(Map.of("GOTRUE_RATE_LIMIT_ANONYMOUS_USERS", "1"))) {
            small.signUp();
            assertThat(small.signUp().path("access_token").isTextual()).isTrue();
            var call = small.call(Method.POST, "/auth/v1/signup").body("{}").from("203.0.113.7");
            assertThat(call.ask().status()).isEqualTo(200);
            assertThat(call.ask().refusal()).isEqualTo("429 over_request_rate_limit");
        }
    }
}
