package dev.hearth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.TestSettings;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

class DispatchTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int MOST = 65_536;

    @AutoClose private static LiveGateway gateway;

    @BeforeAll
    static void open() {
        gateway = new LiveGateway();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "FOO", "foo-1"})
    void aRouteOfEveryMethodTakesUnknownOnesToo(String method) throws Exception {
        assertThat(gateway.raw(method + " /all/a%2Fb/c HTTP/1.1"))
                .contains("\r\n\r\n" + method + " [a/b, c] ? 0");
    }

    @Test
    void theMethodIsTheOneOfTheRequestLine() throws Exception {
        assertThat(gateway.raw("GET /all/x HTTP/1.1\nX-HTTP-Method-Override: DELETE"))
                .contains("GET [x]");
    }

    @ParameterizedTest
    @CsvSource({"/all/exact,exact", "/all/below/c%20d,/c%20d", "/all/other,GET [other] ? 0"})
    void theLongestRouteOfEveryMethodAnswers(String path, String body) throws Exception {
        assertThat(gateway.raw("GET " + path + " HTTP/1.1")).endsWith("\r\n\r\n" + body);
    }

    @Test
    void theQueryComesAsItWasSent() throws Exception {
        assertThat(gateway.raw("GET /all/x?a=%2B+%zz&b&&c=;d HTTP/1.1"))
                .endsWith("?a=%2B+%zz&b&&c=;d 3");
    }

    @ParameterizedTest
    @CsvSource({
        "apikey=$&a=1,?a=1 1",
        "a=1&apikey=$&b,?a=1&b 2",
        "%61pikey=$,? 0",
        "a=apikey,?a=apikey 1",
        "apikeys=1,?apikeys=1 1"
    })
    void theProjectKeyIsTakenOutOfTheQuery(String query, String left) throws Exception {
        String key = TestSettings.developmentConfig().token().anonKey().value();

        assertThat(gateway.raw("GET /all/x?" + query.replace("$", key) + " HTTP/1.1"))
                .endsWith(" " + left);
    }

    @Test
    void aProjectKeyInTheQueryOpensARouteOfEveryMethod() throws Exception {
        String key = TestSettings.developmentConfig().token().anonKey().value();

        assertThat(gateway.raw("GET /keyed?apikey=" + key + " HTTP/1.1"))
                .startsWith("HTTP/1.1 200");
        assertThat(gateway.raw("GET /keyed HTTP/1.1")).startsWith("HTTP/1.1 401");
        assertThat(gateway.raw("OPTIONS /keyed HTTP/1.1")).startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/all/x", "/keyed", "/options", "/get", "/nowhere"})
    void aPreflightIsTheGateways(String path) throws Exception {
        assertThat(
                        gateway.raw(
                                "OPTIONS "
                                        + path
                                        + " HTTP/1.1\n"
                                        + "Origin: https://app.example\n"
                                        + "Access-Control-Request-Method: POST"))
                .startsWith("HTTP/1.1 204")
                .contains("Access-Control-Allow-Methods");
    }

    @Test
    void anotherOptionsGoesToTheRouteThatWantsIt() throws Exception {
        assertThat(gateway.raw("OPTIONS /options HTTP/1.1\nOrigin: https://app.example"))
                .startsWith("HTTP/1.1 200")
                .endsWith("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/get", "/nowhere"})
    void anOptionsThatNoRouteWantsIsWelcome(String path) throws Exception {
        assertThat(gateway.raw("OPTIONS " + path + " HTTP/1.1"))
                .startsWith("HTTP/1.1 204")
                .contains("Access-Control-Allow-Methods");
    }

    @Test
    void aRouteMayAskForHead() throws Exception {
        assertThat(gateway.raw("HEAD /head HTTP/1.1")).contains("X-Head: yes");
    }

    @Test
    void aHeadIsAnsweredLikeAGetWhereNoRouteAsksForIt() throws Exception {
        assertThat(gateway.raw("HEAD /get HTTP/1.1"))
                .startsWith("HTTP/1.1 200")
                .doesNotEndWith("get");
    }

    @Test
    void aUrlMayHaveSixtyFourKibibytes() throws Exception {
        String url = "/all/x?a=";

        assertThat(gateway.raw("GET " + padded(url, MOST) + " HTTP/1.1"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(ints = {MOST + 1, MOST + 100_000})
    void aLongerUrlIsRefusedInJsonWithCors(int length) throws Exception {
        assertThat(gateway.raw("GET " + padded("/all/x?a=", length) + " HTTP/1.1"))
                .startsWith("HTTP/1.1 414")
                .containsIgnoringCase("access-control-allow-origin: *")
                .containsIgnoringCase("content-type: application/json")
                .endsWith("{\"message\":\"URI Too Long\"}");
    }

    private static String padded(String url, int length) {
        return url + "x".repeat(length - url.length());
    }

    @Test
    void aBodyUpToTheLimitIsRead() throws Exception {
        assertThat(post(BodyPublishers.ofString("0123456789")).body()).isEqualTo("10");
        assertThat(post(chunked(10)).body()).isEqualTo("10");
    }

    @Test
    void aBodyOverTheLimitIsRefusedInTheWordsOfTheRoute() throws Exception {
        HttpResponse<String> answer = post(BodyPublishers.ofString("0123456789a"));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("more than 10");
        assertThat(post(chunked(11)).body()).isEqualTo("more than 10");
    }

    @Test
    void aBodyWhoseLengthIsOverTheLimitIsRefusedBeforeItIsRead() throws Exception {
        try (Socket socket = gateway.connect()) {
            LiveGateway.send(socket, "POST /length HTTP/1.1\nContent-Length: 1000000");
            socket.setSoTimeout(10_000);
            byte[] start = socket.getInputStream().readNBytes(12);

            assertThat(new String(start, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void aBodyThatIsNotReadEndsTheConnectionAndSaysSo() throws Exception {
        try (Socket socket = gateway.connect()) {
            LiveGateway.send(socket, "POST /length HTTP/1.1\nContent-Length: 1000000");
            socket.setSoTimeout(10_000);
            byte[] whole = socket.getInputStream().readAllBytes();

            assertThat(new String(whole, StandardCharsets.UTF_8))
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .endsWith("more than 10");
        }
    }

    private static BodyPublisher chunked(int length) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length]));
    }

    private static HttpResponse<String> post(BodyPublisher body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(gateway.at("/length")).POST(body).build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }
}
