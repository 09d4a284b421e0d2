package dev.hearth.client.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.FunctionsException;
import dev.hearth.client.error.FunctionsException.Kind;
import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.error.RequestTimeoutException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.RecordingServer;
import dev.hearth.client.json.TypeRef;

import mockwebserver3.MockResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The requests are those that functions-js 2.119 sent when it was recorded.
class FunctionsClientTest {

    record Sum(int a, int b) {}

    private static final byte[] HI = "hi".getBytes(StandardCharsets.UTF_8);

    private final RecordingServer server = new RecordingServer();
    private final Backend backend = server.backend();
    private final FunctionsClient functions = new FunctionsClient(backend);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void callsWithoutABody() {
        server.answers("{\"a\":1,\"b\":2}");
        assertThat(functions.invoke("hello", null, Sum.class)).isEqualTo(new Sum(1, 2));
        var asked = server.takeRaw();
        assertThat(asked.getMethod() + " " + asked.getTarget())
                .isEqualTo("POST /functions/v1/hello");
        assertThat(asked.getHeaders().get("content-length")).isEqualTo("0");
        assertThat(asked.getHeaders().get("content-type")).isNull();
        assertThat(asked.getHeaders().get("apikey")).isEqualTo("key");
        assertThat(asked.getHeaders().get("authorization")).isEqualTo("Bearer token");
    }

    @Test
    void sendsTextAsText() {
        sent("hi", "text/plain", "hi");
    }

    @Test
    void sendsBytesAsBytes() {
        sent(HI, "application/octet-stream", "hi");
    }

    @Test
    void sendsAStreamAsBytes() {
        sent(new ByteArrayInputStream(HI), "application/octet-stream", "hi");
    }

    @Test
    void sendsAFileAsBytes(@TempDir Path folder) throws IOException {
        sent(Files.write(folder.resolve("x"), HI), "application/octet-stream", "hi");
    }

    @Test
    void sendsEverythingElseAsJson() {
        sent(new Sum(1, 2), "application/json", "{\"a\":1,\"b\":2}");
        sent(Map.of("k", 1), "application/json", "{\"k\":1}");
        sent(5, "application/json", "5");
    }

    @Test
    void sendsAForm() {
        server.answers("{}");
        functions.invokeRaw(
                "hello", FunctionForm.empty().field("a", "1").file("f", "x.png", "image/png", HI));
        RecordingServer.Asked asked = server.take();
        assertThat(asked.headers().get("content-type"))
                .startsWith("multipart/form-data; boundary=");
        assertThat(asked.body())
                .contains("Content-Disposition: form-data; name=\"a\"\r\n")
                .contains(
                        "Content-Disposition: form-data; name=\"f\"; filename=\"x.png\"\r\n"
                                + "Content-Type: image/png\r\n")
                .contains("\r\n\r\nhi\r\n");
    }

    @Test
    void letsTheCallerNameTheType() {
        server.answers("{}");
        functions.invokeRaw(
                "hello",
                Map.of("a", 1),
                InvokeOptions.defaults().header("content-type", "application/cbor"));
        RecordingServer.Asked asked = server.take();
        assertThat(asked.headers()).containsEntry("content-type", "application/cbor");
        assertThat(asked.body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void callsInARegion() {
        server.answers("{}");
        functions.invokeRaw(
                "hello/sub?x=1 2",
                null,
                InvokeOptions.defaults()
                        .method(InvokeOptions.Method.GET)
                        .region(FunctionRegion.EU_WEST_1)
                        .query("y", "ü")
                        .header("x-own", "1"));
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line())
                .isEqualTo(
                        "GET /functions/v1/hello/sub?x=1+2&y=%C3%BC&forceFunctionRegion=eu-west-1");
        assertThat(asked.headers())
                .containsEntry("x-region", "eu-west-1")
                .containsEntry("x-own", "1");
    }

    @Test
    void saysNothingOfAnyRegion() {
        server.answers("{}");
        functions.invokeRaw("hello", null, InvokeOptions.defaults().region(FunctionRegion.ANY));
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("POST /functions/v1/hello");
        assertThat(asked.headers()).doesNotContainKey("x-region");
    }

    @Test
    void callsByOtherMethods() {
        for (var method :
                List.of(
                        InvokeOptions.Method.PUT,
                        InvokeOptions.Method.PATCH,
                        InvokeOptions.Method.DELETE)) {
            server.answers("{}");
            functions.invokeRaw("hello", null, InvokeOptions.defaults().method(method));
            assertThat(server.take().line()).isEqualTo(method + " /functions/v1/hello");
        }
    }

    @Test
    void encodesANameOnce() {
        server.answers("{}");
        functions.invokeRaw("he llo/ü%20x#y%", null);
        assertThat(server.take().line()).isEqualTo("POST /functions/v1/he%20llo/%C3%BC%20x%23y%25");
    }

    @Test
    void refusesNamesThatAreNone() {
        for (String name : List.of("", "/", "?a=1", "a/../../auth", "..", "%2e%2E/x")) {
            assertThatThrownBy(() -> functions.invokeRaw(name, null))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(server.count()).isZero();
    }

    @Test
    void refusesABodyThatCannotBeSent() {
        InvokeOptions get = InvokeOptions.defaults().method(InvokeOptions.Method.GET);
        assertThatThrownBy(() -> functions.invokeRaw("hello", "x", get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a GET carries no body");
        assertThatThrownBy(() -> functions.invokeRaw("hello", FunctionForm.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sendsItsOwnToken() {
        server.answers("{}").answers("{}");
        functions.setAuth("own");
        functions.invokeRaw("hello", null);
        assertThat(server.take().headers()).containsEntry("authorization", "Bearer own");
        functions.setAuth(null);
        functions.invokeRaw("hello", null);
        assertThat(server.take().headers()).containsEntry("authorization", "Bearer token");
    }

    @Test
    void neverSendsAKeyOfTheNewKindAsAToken() {
        String key = "sb_publishable_x";
        server.answers("{}");
        new FunctionsClient(server.backend(key, key, Duration.ofSeconds(5)))
                .invokeRaw("hello", null);
        assertThat(server.take().headers()).isEqualTo(Map.of("apikey", key));
    }

    @Test
    void sendsAKeyOfTheOldKindAsAToken() {
        server.answers("{}");
        new FunctionsClient(server.backend("eyJ", "eyJ", Duration.ofSeconds(5)))
                .invokeRaw("hello", null);
        assertThat(server.take().headers()).containsEntry("authorization", "Bearer eyJ");
    }

    @Test
    void givesTextBytesAndTypes() {
        server.answers(
                new MockResponse.Builder()
                        .setHeader("content-type", "text/plain")
                        .body("hi")
                        .build());
        assertThat(functions.invoke("hello", null, String.class)).isEqualTo("hi");
        server.answers("\"hi\"");
        assertThat(functions.invoke("hello", null, String.class)).isEqualTo("hi");
        server.answers("[{\"a\":1,\"b\":2}]");
        assertThat(functions.invoke("hello", null, byte[].class))
                .asString(StandardCharsets.UTF_8)
                .startsWith("[");
        server.answers("[{\"a\":1,\"b\":2}]");
        assertThat(functions.invokeAsync("hello", null, new TypeRef<List<Sum>>() {}).join())
                .containsExactly(new Sum(1, 2));
        server.answers(new MockResponse.Builder().code(204).build());
        assertThat(functions.invoke("hello", null, Void.class)).isNull();
    }

    @Test
    void readsJsonThatDoesNotSayThatItIs() {
        server.answers(
                new MockResponse.Builder()
                        .setHeader("content-type", "text/plain;charset=UTF-8")
                        .body("{\"a\":1,\"b\":2}")
                        .build());
        assertThat(functions.invoke("hello", null, Sum.class)).isEqualTo(new Sum(1, 2));
    }

    @Test
    void givesTheAnswerAsItCame() {
        server.answers(
                new MockResponse.Builder().code(201).setHeader("X-Own", "1").body("hi").build());
        FunctionResponse answer = functions.invokeRawAsync("hello", null).join();
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("x-OWN")).contains("1");
        assertThat(answer.body()).isEqualTo(HI);
        assertThat(answer.text()).isEqualTo("hi");
    }

    @Test
    void givesBytesAsTheyCome() throws IOException {
        server.answers("hi");
        try (var stream =
                functions.invokeStreamAsync("hello", null, InvokeOptions.defaults()).join()) {
            assertThat(stream.readAllBytes()).isEqualTo(HI);
        }
    }

    @Test
    void keepsWhatTheFunctionRefusedWith() {
        server.answers(
                new MockResponse.Builder()
                        .code(422)
                        .setHeader("X-Own", "1")
                        .body("{\"why\":\"secret\"}")
                        .build());
        FunctionsException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.HTTP);
        assertThat(e.status()).hasValue(422);
        assertThat(e.text()).isEqualTo("{\"why\":\"secret\"}");
        assertThat(e.header("x-own")).contains("1");
        assertThat(e.getMessage()).contains("hello answered 422").doesNotContain("secret");
    }

    @Test
    void namesThePlatformsCode() {
        server.answers(
                new MockResponse.Builder()
                        .code(401)
                        .setHeader("sb-error-code", "UNAUTHORIZED_INVALID_JWT_FORMAT")
                        .body("{}")
                        .build());
        FunctionsException e = failure();
        assertThat(e.code()).contains("UNAUTHORIZED_INVALID_JWT_FORMAT");
        assertThat(e.hint()).get().asString().contains("sign in");
    }

    @Test
    void tellsTheRelayFromTheFunction() {
        server.answers(
                new MockResponse.Builder()
                        .code(200)
                        .setHeader("x-relay-error", "true")
                        .body("boot")
                        .build());
        FunctionsException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.RELAY);
        assertThat(e.text()).isEqualTo("boot");
    }

    @Test
    void keepsNoMoreThanAMebibyteOfARefusal() {
        server.answers(500, "x".repeat(FunctionCalls.MAX_REFUSAL_BYTES + 1));
        assertThat(failure().body()).hasSize(FunctionCalls.MAX_REFUSAL_BYTES);
    }

    @Test
    void tellsWhenNobodyIsThere() {
        server.close();
        FunctionsException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.FETCH);
        assertThat(e.status()).isEmpty();
        assertThat(e.body()).isEmpty();
        assertThat(e).hasCauseInstanceOf(TransportException.class);
    }

    @Test
    void tellsWhenTheAnswerComesTooLate() {
        server.answers(
                new MockResponse.Builder().body("x").headersDelay(20, TimeUnit.SECONDS).build());
        assertThatThrownBy(
                        () ->
                                functions.invokeRaw(
                                        "hello",
                                        null,
                                        InvokeOptions.defaults().timeout(Duration.ofMillis(100))))
                .isInstanceOfSatisfying(
                        FunctionsException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FETCH))
                .hasCauseInstanceOf(RequestTimeoutException.class);
    }

    @Test
    void namesAnAnswerThatIsNoJson() {
        server.answers("<html>");
        assertThatThrownBy(() -> functions.invoke("hello", null, Sum.class))
                .isInstanceOf(JsonMappingException.class);
    }

    @Test
    void isOfNoUseAfterTheEnd() {
        backend.http().close();
        assertThatThrownBy(() -> functions.invokeRaw("hello", null))
                .isInstanceOf(ClientClosedException.class);
    }

    private void sent(Object body, String type, String text) {
        server.answers("{}");
        functions.invokeRaw("hello", body);
        RecordingServer.Asked asked = server.take();
        assertThat(asked.headers()).containsEntry("content-type", type);
        assertThat(asked.body()).isEqualTo(text);
    }

    private FunctionsException failure() {
        return catchThrowableOfType(
                FunctionsException.class, () -> functions.invokeRaw("hello", null));
    }
}
