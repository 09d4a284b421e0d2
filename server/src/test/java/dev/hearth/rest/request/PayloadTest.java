package dev.hearth.rest.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.RequestLine;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.request.QueryParameters.Argument;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class PayloadTest {

    private static final RequestRules RULES =
            new RequestRules(List.of("public"), true, Optional.empty());

    private static Payload read(
            String method, String path, String query, String type, String body) {
        var request =
                RestRequest.of(
                        new RequestLine(method, path, "", query),
                        new Headers(Map.of("Content-Type", List.of(type))),
                        RULES);
        return Payload.of(request, new Bytes(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Payload insert(String type, String body) {
        return read("POST", "/items", "", type, body);
    }

    private static Payload call(String type, String body) {
        return read("POST", "/rpc/add", "", type, body);
    }

    private static String text(Payload payload) {
        return new String(payload.content().array(), StandardCharsets.UTF_8);
    }

    @Test
    void findsTheKeysOfAnObject() {
        Payload payload = insert("application/json", "{\"b\": {\"c\": [1]}, \"a\": null}");
        assertThat(payload.shape())
                .isEqualTo(new Payload.Shape(Payload.Kind.JSON, true, List.of("a", "b")));
    }

    @Test
    void findsTheKeysThatAllObjectsShareInAnyOrder() {
        Payload payload = insert("application/json", "[{\"a\":1,\"b\":2},{\"b\":3,\"a\":4}]");
        assertThat(payload.shape())
                .isEqualTo(new Payload.Shape(Payload.Kind.JSON, false, List.of("a", "b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"a\":1},{\"b\":1}]", "[{\"a\":1},{}]", "[1]", "[{\"a\":1},[]]"})
    void refusesObjectsWhoseKeysDiffer(String body) {
        assertThatThrownBy(() -> insert("application/json", body))
                .isInstanceOf(Refusal.class)
                .hasMessage("All object keys must match");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "[{\"a\":1}", "{\"a\":1} x", "{\"a\":tru}", "'a'", "{a:1}"})
    void refusesWhatIsNotJson(String body) {
        assertThatThrownBy(() -> insert("application/json", body))
                .isInstanceOf(Refusal.class)
                .hasMessage("Empty or invalid json");
    }

    @Test
    void refusesJsonThatIsNoUtf8() {
        var request =
                RestRequest.of(new RequestLine("POST", "/items", "", ""), Headers.NONE, RULES);
        var body = new Bytes(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'});
        assertThatThrownBy(() -> Payload.of(request, body)).hasMessage("Empty or invalid json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"text\"", "null", "[]", "true"})
    void takesJsonWithoutObjectsForNoRows(String body) {
        Payload payload = insert("application/json", body);
        assertThat(text(payload)).isEqualTo("[]");
        assertThat(payload.shape().keys()).isEmpty();
    }

    @Test
    void leavesTheBodyAloneWhereTheColumnsAreNamed() {
        Payload payload =
                read("POST", "/items", "columns=id,name", "application/json", " {\"id\": tru");
        assertThat(payload.shape())
                .isEqualTo(new Payload.Shape(Payload.Kind.JSON, true, List.of("id", "name")));
        assertThat(text(payload)).isEqualTo(" {\"id\": tru");
    }

    @Test
    void doesNotHonourColumnsOnPut() {
        assertThat(read("PUT", "/items", "columns=id", "application/json", "{\"a\":1}").shape())
                .isEqualTo(new Payload.Shape(Payload.Kind.JSON, true, List.of("a")));
    }

    @Test
    void makesAnObjectOfEachLineOfCsv() {
        Payload payload = insert("text/csv", "a,b\n1,NULL\n\"x, \"\"y\"\"\",\"NULL\"\n");
        assertThat(text(payload))
                .isEqualTo("[{\"a\":\"1\",\"b\":null},{\"a\":\"x, \\\"y\\\"\",\"b\":null}]");
        assertThat(payload.shape())
                .isEqualTo(new Payload.Shape(Payload.Kind.JSON, false, List.of("a", "b")));
    }

    @Test
    void keepsLineBreaksWithinQuotesOfCsv() {
        assertThat(text(insert("text/csv", "a\r\n\"1\r\n2\"\r\n")))
                .isEqualTo("[{\"a\":\"1\\r\\n2\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b\n1\n", "a,b\n1,2,3\n", "a,b\n1,2\n3\n"})
    void refusesRaggedLinesOfCsv(String body) {
        assertThatThrownBy(() -> insert("text/csv", body))
                .isInstanceOf(Refusal.class)
                .hasMessage("All lines must have same number of fields");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void refusesCsvWithoutNames(String body) {
        assertThatThrownBy(() -> insert("text/csv", body)).isInstanceOf(Refusal.class);
    }

    @Test
    void makesOneRowOfAForm() {
        assertThat(text(insert("application/x-www-form-urlencoded", "a=1+2&b=%C3%A4&a=3")))
                .isEqualTo("{\"a\":\"3\",\"b\":\"ä\"}");
    }

    @Test
    void keepsTheFieldsOfAFormForAFunction() {
        Payload payload = call("application/x-www-form-urlencoded", "v=1&v=2");
        assertThat(payload.fields())
                .containsExactly(new Argument("v", "1"), new Argument("v", "2"));
        assertThat(payload.shape().keys()).containsExactly("v");
    }

    @Test
    void callsAFunctionWithoutABodyAsWithAnEmptyObject() {
        assertThat(text(call("application/json", ""))).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/xml", "application/octet-stream"})
    void handsTextAndBytesToFunctionsOnly(String type) {
        assertThat(call(type, "as it is").shape().kind()).isEqualTo(Payload.Kind.RAW);
        assertThatThrownBy(() -> insert(type, "as it is"))
                .hasMessage("Content-Type not acceptable: " + type);
    }

    @ParameterizedTest
    @CsvSource({"/items", "/rpc/add"})
    void refusesOtherMediaTypes(String path) {
        assertThatThrownBy(() -> read("POST", path, "", "image/png", "x"))
                .hasMessage("Content-Type not acceptable: image/png");
    }

    @Test
    void doesNotReadTheBodyOfADeletion() {
        assertThat(read("DELETE", "/items", "", "image/png", "x")).isEqualTo(Payload.NONE);
    }
}
