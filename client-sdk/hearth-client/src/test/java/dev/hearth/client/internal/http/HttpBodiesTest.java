package dev.hearth.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.TransportException;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// What goes over the wire for each kind of request.
class HttpBodiesTest {

    private final MockWebServer server = new MockWebServer();
    private Http http;

    @BeforeEach
    void setUp() throws IOException {
        server.start();
        http = new Http(null, "http://127.0.0.1:" + server.getPort(), Duration.ofSeconds(10));
    }

    @AfterEach
    void tearDown() {
        http.close();
        server.close();
    }

    @Test
    void sendsBytesWithTheirTypeAndLength() throws Exception {
        RecordedRequest sent = sent(post(Body.json(utf8("{\"name\":\"Zoë\"}"))));

        assertThat(sent.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(sent.getHeaders().get("Content-Length")).isEqualTo("15");
        assertThat(sent.getBody().utf8()).isEqualTo("{\"name\":\"Zoë\"}");
    }

    @Test
    void sendsAStreamOfKnownLengthWithThatLength() throws Exception {
        RecordedRequest sent =
                sent(post(new Body.Stream("text/plain", 5, () -> stream("hello"), false)));

        assertThat(sent.getHeaders().get("Content-Length")).isEqualTo("5");
        assertThat(sent.getHeaders().get("Transfer-Encoding")).isNull();
        assertThat(sent.getBody().utf8()).isEqualTo("hello");
    }

    @Test
    void sendsAStreamOfUnknownLengthInChunks() throws Exception {
        RecordedRequest sent =
                sent(post(new Body.Stream("text/plain", -1, () -> stream("hello"), false)));

        assertThat(sent.getHeaders().get("Content-Length")).isNull();
        assertThat(sent.getHeaders().get("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(sent.getBody().utf8()).isEqualTo("hello");
    }

    @Test
    void sendsAFormOfSeveralParts() throws Exception {
        RecordedRequest sent =
                sent(
                        post(
                                new Body.Form(
                                        List.of(
                                                new Body.Part(
                                                        "cacheControl",
                                                        "",
                                                        Body.of("", utf8("60"))),
                                                new Body.Part(
                                                        "",
                                                        "note.txt",
                                                        Body.of("text/plain", utf8("hi")))))));

        String boundary =
                sent.getHeaders().get("Content-Type").replace("multipart/form-data; boundary=", "");
        assertThat(sent.getBody().utf8())
                .isEqualTo(
                        String.join(
                                "\r\n",
                                "--" + boundary,
                                "Content-Disposition: form-data; name=\"cacheControl\"",
                                "",
                                "60",
                                "--" + boundary,
                                "Content-Disposition: form-data; name=\"\"; filename=\"note.txt\"",
                                "Content-Type: text/plain",
                                "",
                                "hi",
                                "--" + boundary + "--",
                                ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void sendsAnEmptyBodyWhereTheMethodNeedsOne(String method) throws Exception {
        RecordedRequest sent = sent(HttpRequest.of(method, "/t"));

        assertThat(sent.getHeaders().get("Content-Length")).isEqualTo("0");
        assertThat(sent.getHeaders().get("Content-Type")).isNull();
    }

    @Test
    void tellsThatTheProgramsOwnBytesCouldNotBeRead() {
        HttpRequest request =
                post(
                        new Body.Stream(
                                "text/plain",
                                -1,
                                () -> {
                                    throw new FileNotFoundException("note.txt");
                                },
                                false));

        assertThatThrownBy(() -> http.send(request))
                .isInstanceOf(TransportException.class)
                .hasMessage("the bytes to send could not be read: note.txt")
                .hasCauseInstanceOf(FileNotFoundException.class);
    }

    @Test
    void sendsHeadersBeyondAsciiAsUtf8() throws Exception {
        RecordedRequest sent = sent(HttpRequest.of("GET", "/t").header("x-name", "Zoë 雪"));

        assertThat(sent.getHeaders().get("x-name")).isEqualTo("Zoë 雪");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nx-evil: 1", "a\nb", "a\0"})
    void refusesAHeaderThatWouldBreakTheRequest(String value) {
        HttpRequest request = HttpRequest.of("GET", "/t");

        assertThatThrownBy(() -> request.header("x-name", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the value of the header x-name has a line break or another control"
                            + " character in it; trim what was read from a file or an environment"
                            + " variable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x name", "x:name", "naïve"})
    void refusesANameThatNoHeaderHas(String name) {
        HttpRequest request = HttpRequest.of("GET", "/t");

        assertThatThrownBy(() -> request.header(name, "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    *, author(name)      | *%2C+author%28name%29
                    eq."a,b"             | eq.%22a%2Cb%22
                    like.%a_b*           | like.%25a_b*
                    a+b&c=d              | a%2Bb%26c%3Dd
                    Zoë 雪               | Zo%C3%AB+%E9%9B%AA
                    it's ~               | it%27s+%7E
                    """)
    void encodesTheQueryAsBrowsersDo(String value, String encoded) throws Exception {
        RecordedRequest sent = sent(HttpRequest.of("GET", "/t").query("q", value));

        assertThat(sent.getTarget()).isEqualTo("/t?q=" + encoded);
    }

    @Test
    void keepsThePathOfTheAddress() throws Exception {
        var behindAProxy =
                new Http(
                        null,
                        "http://127.0.0.1:" + server.getPort() + "/supabase/",
                        Duration.ofSeconds(10));
        server.enqueue(new MockResponse.Builder().build());

        behindAProxy.send(HttpRequest.of("GET", "/rest/v1/t"));

        assertThat(server.takeRequest().getTarget()).isEqualTo("/supabase/rest/v1/t");
        behindAProxy.close();
    }

    @Test
    void readsACompressedAnswer() throws Exception {
        var zipped = new okio.Buffer();
        try (var gzip = okio.Okio.buffer(new okio.GzipSink(zipped))) {
            gzip.writeUtf8("[1,2,3]");
        }
        server.enqueue(
                new MockResponse.Builder()
                        .addHeader("Content-Encoding", "gzip")
                        .body(zipped)
                        .build());

        HttpAnswer answer = http.send(HttpRequest.of("GET", "/t"));

        assertThat(answer.text()).isEqualTo("[1,2,3]");
    }

    @Test
    void readsTheHeadOfAHeadWhoseBodyWouldBeLarge() {
        server.enqueue(new MockResponse.Builder().setHeader("Content-Length", 1L << 40).build());

        HttpAnswer answer = http.send(HttpRequest.of("HEAD", "/t"));

        assertThat(answer.body()).isEmpty();
    }

    private RecordedRequest sent(HttpRequest request) throws InterruptedException {
        server.enqueue(new MockResponse.Builder().build());
        http.send(request);
        return server.takeRequest();
    }

    private static HttpRequest post(Body body) {
        return HttpRequest.of("POST", "/t").body(body);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(utf8(text));
    }
}
