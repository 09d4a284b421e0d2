package dev.hearth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.HttpConfig;
import dev.hearth.config.SettingProblem;
import dev.hearth.config.TestSettings;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.Route;
import dev.hearth.exchange.Route.Access;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Refusal;
import dev.hearth.token.ProjectKeys;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

class GatewayTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final long LIMIT = 10;

    @AutoClose private static Gateway gateway;

    @BeforeAll
    static void open() {
        gateway =
                Gateway.open(
                        http(0),
                        new ProjectKeys(TestSettings.developmentConfig().token()),
                        List.of(
                                route(Access.OPEN, "/open"),
                                route(Access.KEY, "/keyed"),
                                route(Access.SECRET_KEY, "/secret"),
                                new Route(
                                        Method.POST,
                                        "/body",
                                        Access.OPEN,
                                        LIMIT,
                                        request -> Answer.text(200, length(request))),
                                Route.open(
                                        Method.GET,
                                        "/named/{name}",
                                        request -> Answer.text(200, request.pathParameter("name"))),
                                Route.open(
                                        Method.GET,
                                        "/query",
                                        request ->
                                                Answer.text(
                                                        200,
                                                        request.line().parameters().toString())),
                                Route.open(Method.GET, "/own-404", _ -> Answer.text(404, "mine")),
                                Route.open(
                                        Method.GET,
                                        "/fault",
                                        _ -> {
                                            throw new IllegalStateException("select secret");
                                        })),
                        _ -> {},
                        new Observer());
    }

    private static HttpConfig http(int port) {
        return new HttpConfig(
                "127.0.0.1",
                port,
                URI.create("http://127.0.0.1"),
                List.of(),
                true,
                Duration.ofSeconds(30));
    }

    private static Route route(Access access, String path) {
        return new Route(
                Method.GET,
                path,
                access,
                LIMIT,
                request -> Answer.text(200, request.credential().getClass().getSimpleName()));
    }

    private static String length(Request request) throws IOException {
        return String.valueOf(request.body().bytes().length);
    }

    /// One request and what comes back: who asks, for what, status, body.
    record Scenario(String who, String path, int status, String body) {}

    static Stream<Scenario> scenarios() {
        String unknown =
                "{\"message\":\"Invalid API key\",\"hint\":\"Double check your Supabase `anon` or"
                        + " `service_role` API key.\"}";
        String none =
                "{\"message\":\"No API key found in request\",\"hint\":\"No `apikey` request header"
                        + " or url param was found.\"}";
        String lacking = "{\"message\":\"You cannot consume this service\"}";
        return Stream.of(
                new Scenario("nobody", "/open", 200, "None"),
                new Scenario("nobody", "/keyed", 401, none),
                new Scenario("nobody", "/secret", 401, none),
                new Scenario("stranger", "/open", 200, "None"),
                new Scenario("stranger", "/keyed", 401, unknown),
                new Scenario("stranger", "/secret", 401, unknown),
                new Scenario("publishable", "/keyed", 200, "ProjectKey"),
                new Scenario("publishable", "/secret", 403, lacking),
                new Scenario("publishable as bearer too", "/keyed", 200, "ProjectKey"),
                new Scenario("publishable as bearer only", "/keyed", 200, "ProjectKey"),
                new Scenario("publishable and a user", "/keyed", 200, "Bearer"),
                new Scenario("anon", "/keyed", 200, "Bearer"),
                new Scenario("anon", "/secret", 403, lacking),
                new Scenario("anon in the query", "/keyed", 200, "Bearer"),
                new Scenario("service", "/secret", 200, "Bearer"),
                new Scenario("secret", "/secret", 200, "ProjectKey"),
                new Scenario(
                        "nobody",
                        "/nowhere",
                        404,
                        "{\"message\":\"no Route matched with those values\"}"),
                new Scenario("nobody", "/own-404", 404, "mine"));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theKeyGateAnswers(Scenario scenario) throws Exception {
        HttpResponse<String> answer = send(as(scenario.who(), scenario.path()).GET());
        assertThat(answer.statusCode()).isEqualTo(scenario.status());
        assertThat(answer.body()).isEqualTo(scenario.body());
        assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("*");
    }

    private static HttpRequest.Builder as(String who, String path) {
        var keys = TestSettings.developmentConfig().token();
        String publishable = keys.publishableKeys().getFirst().value();
        String anon = keys.anonKey().value();
        return switch (who) {
            case "nobody" -> request(path);
            case "stranger" -> request(path).header("apikey", "sb_publishable_unknown");
            case "publishable" -> request(path).header("apikey", publishable);
            case "publishable as bearer too" ->
                    request(path)
                            .header("apikey", publishable)
                            .header("Authorization", "Bearer " + publishable);
            case "publishable as bearer only" ->
                    request(path).header("Authorization", "bearer " + publishable);
            case "publishable and a user" ->
                    request(path)
                            .header("apikey", publishable)
                            .header("Authorization", "Bearer a.b.c");
            case "anon" -> request(path).header("apikey", anon);
            case "anon in the query" -> request(path + "?apikey=" + anon);
            case "service" -> request(path).header("apikey", keys.serviceRoleKey().value());
            case "secret" -> request(path).header("apikey", keys.secretKeys().getFirst().value());
            default -> throw new IllegalArgumentException(who);
        };
    }

    @Test
    void answersAPreflightWithoutAKeyAndEchoesTheHeadersAskedFor() throws Exception {
        HttpResponse<String> answer =
                send(
                        request("/keyed")
                                .method("OPTIONS", BodyPublishers.noBody())
                                .header("Origin", "https://app.example")
                                .header("Access-Control-Request-Headers", "authorization, x-odd"));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("access-control-allow-headers"))
                .contains("authorization, x-odd");
        assertThat(answer.headers().firstValue("access-control-allow-methods"))
                .contains("GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS");
        assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("*");
    }

    @Test
    void refusesABodyOverTheLimitOfItsRoute() throws Exception {
        assertThat(send(request("/body").POST(BodyPublishers.ofString("0123456789"))).body())
                .isEqualTo("10");
        assertThat(send(request("/body").POST(BodyPublishers.ofString("01234567890"))).statusCode())
                .isEqualTo(413);
    }

    @Test
    void refusesABodyOverTheLimitThatDoesNotTellItsLength() throws Exception {
        var chunked =
                BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(new byte[(int) LIMIT + 1]));
        assertThat(send(request("/body").POST(chunked)).statusCode()).isEqualTo(413);
    }

    @Test
    void aNameInAPathMayHoldAnEncodedSlashAndPercentSign() throws Exception {
        assertThat(send(request("/named/a%2Fb%25c%20d").GET()).body()).isEqualTo("a/b%c d");
    }

    @Test
    void queryParametersKeepTheirOrderAndABarePercentSign() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            String answer = raw(socket, "GET /query?b=1&a=%zz%20x&b=2+3 HTTP/1.1");
            assertThat(answer)
                    .contains(
                            "[Parameter[name=b, value=1], Parameter[name=a, value=%zz x],"
                                    + " Parameter[name=b, value=2 3]]");
        }
    }

    @Test
    void aFaultIsABare500WithTheRequestsId() throws Exception {
        HttpResponse<String> answer = send(request("/fault").GET().header("x-request-id", "r-1"));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"message\":\"An unexpected error occurred\"}");
        assertThat(answer.headers().firstValue("x-request-id")).contains("r-1");
    }

    @Test
    void aRequestIdThatCouldForgeALogLineIsReplaced() throws Exception {
        HttpResponse<String> answer = send(request("/open").GET().header("x-request-id", "a b=c"));
        assertThat(answer.headers().firstValue("x-request-id").orElseThrow())
                .matches("[0-9a-f-]{36}");
    }

    @Test
    void aMalformedRequestIsAnsweredInJsonWithCors() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            assertThat(raw(socket, "GET /open HTTP/1.1\r\nContent-Length: x"))
                    .contains("400")
                    .contains("{\"message\":\"Bad Request\"}")
                    .containsIgnoringCase("access-control-allow-origin: *");
        }
    }

    @Test
    void namesTheOptionWhenThePortIsTaken() {
        assertThatThrownBy(
                        () ->
                                Gateway.open(
                                        http(gateway.port()),
                                        new ProjectKeys(TestSettings.developmentConfig().token()),
                                        List.of(),
                                        _ -> {},
                                        new Observer()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal ->
                                assertThat(refusal.problem())
                                        .isInstanceOfSatisfying(
                                                SettingProblem.class,
                                                problem ->
                                                        assertThat(problem.advice())
                                                                .contains("--port")));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static String raw(Socket socket, String head) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(
                (head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
