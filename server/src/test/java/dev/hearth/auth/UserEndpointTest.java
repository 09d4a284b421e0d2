package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.auth.TestAuth.Reply;
import dev.hearth.exchange.Method;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.concurrent.Executors;

class UserEndpointTest {

    @AutoClose private static TestAuth auth;

    @BeforeAll
    static void open() {
        auth = TestAuth.start();
    }

    private static Reply put(JsonNode session, String body) {
        return auth.call(Method.PUT, "/auth/v1/user").bearer(session).body(body).ask();
    }

    private static String metadata(JsonNode session) {
        return auth.call(Method.GET, "/auth/v1/user")
                .bearer(session)
                .ask()
                .json()
                .path("user_metadata")
                .toString();
    }

    @Test
    void answersTheUserAsSignUpDid() {
        JsonNode session = auth.signUp();
        Reply reply = auth.call(Method.GET, "/auth/v1/user").bearer(session).ask();

        assertThat(reply.json()).isEqualTo(session.path("user"));
    }

    @Test
    void mergesDataKeyByKey() {
        JsonNode session = auth.signUp();
        put(session, "{\"data\":{\"a\":1,\"b\":{\"x\":1},\"c\":3}}");
        Reply reply = put(session, "{\"data\":{\"b\":{\"y\":null},\"c\":null,\"d\":\"new\"}}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("user_metadata").toString())
                .isEqualTo("{\"a\":1,\"b\":{\"y\":null},\"d\":\"new\"}");
    }

    @Test
    void mergesIntoAColumnThatHoldsNoObject() {
        JsonNode session = auth.signUp();
        auth.database.execute(
                "update auth.users set raw_user_meta_data = null where id = '%s'"
                        .formatted(session.path("user").path("id").asText()));
        put(session, "{\"data\":{\"a\":1,\"b\":null}}");

        assertThat(metadata(session)).isEqualTo("{\"a\":1}");
    }

    @Test
    void losesNoneOfTwoMergesAtOnce() throws Exception {
        JsonNode session = auth.signUp();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                String body = "{\"data\":{\"k%d\":%d}}".formatted(i, i);
                var _ = threads.submit(() -> put(session, body));
            }
        }
        assertThat(metadata(session).split(",", -1)).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{}", "null", "{\"data\":null,\"app_metadata\":null}", "{\"email\":\"\"}"})
    void answersTheUserWhenNothingIsAsked(String body) {
        JsonNode session = auth.signUp();

        assertThat(put(session, body).json().path("id")).isEqualTo(session.path("user").path("id"));
    }

    @Test
    void notesTheChangeInTheAuditLog() {
        JsonNode session = auth.signUp();
        put(session, "{\"data\":{\"full_name\":\"Ann\"}}");

        assertThat(
                        auth.database.ask(
                                """
                                select payload::text from auth.audit_log_entries
                                where payload ->> 'actor_id' = '%s'\
                                """
                                        .formatted(session.path("user").path("id").asText())))
                .isEqualTo(
                        ("{\"action\":\"user_modified\",\"actor_id\":\"%s\",\"actor_name\":\"Ann\","
                                        + "\"actor_username\":\"\",\"actor_via_sso\":false,"
                                        + "\"log_type\":\"user\"}")
                                .formatted(session.path("user").path("id").asText()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"email":"ann@example.com"}                      | 422 email_provider_disabled | Email logins are disabled
                    {"email":"a@b.c","password":"secret1"}           | 422 email_provider_disabled | Email logins are disabled
                    {"phone":"+1 234 567"}                           | 422 phone_provider_disabled | Phone logins are disabled
                    {"password":"secret1"}                           | 422 validation_failed       | Updating password of an anonymous user without an email or phone is not allowed
                    {"password":"short"}                             | 422 weak_password           | Password should be at least 6 characters.
                    {"password":""}                                  | 422 weak_password           | Password should be at least 6 characters.
                    {"email":"nonsense"}                             | 400 validation_failed       | Unable to validate email address: invalid format
                    {"phone":"nonsense"}                             | 400 validation_failed       | Invalid phone number format (E.164 required)
                    {"app_metadata":{"role":"boss"}}                 | 403 not_admin               | Updating app_metadata requires admin privileges
                    {"app_metadata":{}}                              | 403 not_admin               | Updating app_metadata requires admin privileges
                    {"data":"text"}                                  | 400 bad_json                | Could not parse request body as JSON: data must be an object
                    {"data":{"a":"\\u0000"}}                         | 400 validation_failed       | Texts must not hold the character U+0000
                    {"data":{"a":1e1001}}                            | 400 validation_failed       | Numbers must not have more than 1000 digits
                    """)
    void refuses(String body, String refusal, String message) {
        JsonNode session = auth.signUp();
        Reply reply = put(session, body);

        assertThat(reply.refusal()).isEqualTo(refusal);
        assertThat(reply.json().path("message").asText()).isEqualTo(message);
        assertThat(metadata(session)).isEqualTo("{}");
    }

    @Test
    void changesNothingWhenOneFieldIsRefused() {
        JsonNode session = auth.signUp();
        put(session, "{\"email\":\"a@b.c\",\"data\":{\"a\":1}}");

        assertThat(metadata(session)).isEqualTo("{}");
    }

    @Test
    void asksForTheBearerBeforeTheBody() {
        assertThat(auth.call(Method.PUT, "/auth/v1/user").body("{").ask().refusal())
                .isEqualTo("403 bad_jwt");
    }

    @Test
    void refusesTheAddressOfAUserWithASecondFactorWithoutIt() {
        JsonNode session = auth.signUp();
        auth.database.execute(
                """
                insert into auth.mfa_factors (id, user_id, factor_type, status, created_at, updated_at)
                values (gen_random_uuid(), '%s', 'totp', 'verified', now(), now())\
                """
                        .formatted(session.path("user").path("id").asText()));

        assertThat(put(session, "{\"email\":\"a@b.c\"}").refusal())
                .isEqualTo("401 insufficient_aal");
    }

    @Test
    void showsWhatAnImportedUserHas() {
        JsonNode session = auth.signUp();
        String id = session.path("user").path("id").asText();
        auth.database.execute(
                """
                update auth.users set email = 'ann@example.com', phone = '1234',
                    email_confirmed_at = '2026-01-01T00:00:00.5Z', email_change = 'new@example.com',
                    email_change_sent_at = '2026-01-01T00:00:01Z', raw_app_meta_data = null,
                    is_anonymous = false, confirmation_token = null
                where id = '%s'\
                """
                        .formatted(id),
                """
                insert into auth.identities (id, provider_id, user_id, identity_data, provider,
                    last_sign_in_at, created_at, updated_at)
                values ('c1d20000-0000-4000-8000-000000000000', '%1$s', '%1$s',
                    '{"sub": "%1$s", "email": "Ann@example.com"}', 'email', null,
                    '2026-01-01T00:00:00.25Z', '2026-01-01T00:00:00Z')\
                """
                        .formatted(id));

        assertThat(auth.call(Method.GET, "/auth/v1/user").bearer(session).ask().body())
                .contains(
                        "\"email\":\"ann@example.com\","
                                + "\"email_confirmed_at\":\"2026-01-01T00:00:00.5Z\","
                                + "\"phone\":\"1234\",\"confirmed_at\":\"2026-01-01T00:00:00.5Z\","
                                + "\"new_email\":\"new@example.com\","
                                + "\"email_change_sent_at\":\"2026-01-01T00:00:01Z\"",
                        "\"app_metadata\":{}",
                        "\"identities\":[{\"identity_id\":\"c1d20000-0000-4000-8000-000000000000\","
                                + "\"id\":\"%1$s\",\"user_id\":\"%1$s\",".formatted(id),
                        "\"provider\":\"email\",\"created_at\":\"2026-01-01T00:00:00.25Z\","
                                + "\"updated_at\":\"2026-01-01T00:00:00Z\","
                                + "\"email\":\"ann@example.com\"}]",
                        "\"is_anonymous\":false");
        assertThat(put(session, "{\"email\":\"ANN@example.com\"}").status())
                .as("the address that is there already is no change")
                .isEqualTo(200);
        assertThat(put(session, "{\"password\":\"secret1\"}").refusal())
                .isEqualTo("422 email_provider_disabled");
    }
}
