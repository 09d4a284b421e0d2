package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.auth.TestAuth.Call;
import dev.hearth.auth.TestAuth.Reply;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.BodyTooLarge;
import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.RequestLine;
import dev.hearth.observe.Event;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Refusal;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class ErrorShapeTest {

    @AutoClose private static TestAuth auth;

    @BeforeAll
    static void open() {
        auth = TestAuth.start();
    }

    private static Call weak() {
        return auth.call(Method.POST, "/auth/v1/signup")
                .body("{\"email\":\"a@b.c\",\"password\":\"short\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-01-01", "2024-01-02", "2030-12-31"})
    void hasTheNewShapeFromItsDateOn(String version) {
        Reply reply = weak().header("x-supabase-api-version", version).ask();

        assertThat(reply.body())
                .isEqualTo(
                        "{\"code\":\"weak_password\","
                                + "\"message\":\"Password should be at least 6 characters.\","
                                + "\"weak_password\":{\"reasons\":[\"length\"]}}");
        assertThat(reply.headers())
                .containsEntry("x-sb-error-code", "weak_password")
                .containsEntry("X-Supabase-Api-Version", "2024-01-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023-12-31", "", "2024-1-1", "2024-13-01", "latest"})
    void hasTheOldShapeForAnyOtherVersion(String version) {
        Reply reply = weak().header("x-supabase-api-version", version).ask();

        assertThat(reply.body())
                .isEqualTo(
                        "{\"code\":422,\"error_code\":\"weak_password\","
                                + "\"msg\":\"Password should be at least 6 characters.\","
                                + "\"weak_password\":{\"reasons\":[\"length\"]}}");
        assertThat(reply.headers())
                .containsEntry("x-sb-error-code", "weak_password")
                .doesNotContainKey("X-Supabase-Api-Version");
    }

    @Test
    void hasTheOldShapeWithoutAVersion() {
        assertThat(weak().withoutVersion().ask().body()).startsWith("{\"code\":422,");
    }

    @Test
    void answersSuccessWithoutAVersion() {
        Reply reply = auth.call(Method.GET, "/auth/v1/settings").ask();

        assertThat(reply.headers()).containsOnlyKeys("Content-Type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                 | unexpected end of JSON input
                    ` `                | unexpected end of JSON input
                    {                  | invalid JSON at line 1, column 2
                    {} x               | invalid JSON at line 1, column 4
                    []                 | the body must be an object
                    "text"             | the body must be an object
                    {"email":5}        | email must be a string
                    {"data":[]}        | data must be an object
                    """)
    void refusesWhatIsNoJsonObject(String body, String reason) {
        Reply reply = auth.call(Method.POST, "/auth/v1/signup").body(body).ask();

        assertThat(reply.refusal()).isEqualTo("400 bad_json");
        assertThat(reply.json().path("message").asText())
                .isEqualTo("Could not parse request body as JSON: " + reason);
    }

    @Test
    void wordsABodyOverTheLimitItself() throws Exception {
        Answer answer = failing(new Refusal(new BodyTooLarge(1 << 20)), new ArrayList<>());

        assertThat(answer.status()).isEqualTo(413);
        assertThat(text(answer))
                .isEqualTo(
                        "{\"code\":413,\"error_code\":\"request_entity_too_large\","
                                + "\"msg\":\"Request body too large (max 1048576 bytes)\"}");
    }

    @Test
    void tellsAFaultByIdOnly() throws Exception {
        var events = new ArrayList<Event>();
        Answer answer = failing(new SQLException("secret detail", "08006"), events);

        assertThat(text(answer))
                .isEqualTo(
                        "{\"code\":500,\"error_code\":\"unexpected_failure\",\"msg\":\"Unexpected"
                                + " failure, please check server logs for more information\","
                                + "\"error_id\":\"request-1\"}");
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().fields().toString())
                .contains("request=request-1", "error=SQLException", "sqlstate=08006")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "55P03"})
    void saysThatATimeLimitWasHit(String sqlState) throws Exception {
        Answer answer =
                failing(new SQLException("canceling statement", sqlState), new ArrayList<>());

        assertThat(answer.status()).isEqualTo(504);
        assertThat(text(answer)).contains("\"error_code\":\"request_timeout\"");
    }

    private static Answer failing(Exception failure, List<Event> events) throws Exception {
        var observer = new Observer();
        observer.listen(events::add);
        return new ErrorAnswers(observer).during("Error updating user").answer(request(), failure);
    }

    private static String text(Answer answer) {
        return new String(answer.content(), StandardCharsets.UTF_8);
    }

    private static Request request() {
        return new Request(
                RequestLine.of(Method.PUT, "/auth/v1/user"),
                Map.of(),
                Headers.NONE,
                new Credential.None(),
                InetAddress.getLoopbackAddress(),
                "request-1",
                Request.Body.of(Bytes.EMPTY));
    }
}
