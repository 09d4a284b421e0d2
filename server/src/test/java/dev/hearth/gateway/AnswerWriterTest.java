package dev.hearth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

class AnswerWriterTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @AutoClose private static LiveGateway gateway;

    @BeforeAll
    static void open() {
        gateway = new LiveGateway();
    }

    @BeforeEach
    void forget() {
        gateway.events.clear();
        gateway.closed.clear();
        gateway.met.clear();
    }

    private static HttpResponse<String> ask(String method, String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(gateway.at(path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void aFieldMayComeMoreThanOnce() throws Exception {
        assertThat(ask("GET", "/cookies").headers().allValues("Set-Cookie"))
                .containsExactly("a=1", "b=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bytes/big", "/get"})
    void bytesAreSentWithTheirLength(String path) throws Exception {
        HttpResponse<String> answer = ask("GET", path);

        assertThat(answer.headers().firstValueAsLong("Content-Length"))
                .hasValue(answer.body().length());
    }

    @Test
    void bytesAreNotCompressed() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.at("/bytes/big"))
                        .header("Accept-Encoding", "gzip")
                        .build();

        assertThat(CLIENT.send(request, BodyHandlers.ofString()).body())
                .hasSize(3 * LiveGateway.CHUNK);
    }

    /// The connection is to be closed after it: without chunks its end would be the body's, and a
    /// cut body would look whole.
    @ParameterizedTest
    @ValueSource(strings = {"/stream", "/stream/big"})
    void aStreamIsChunked(String path) throws Exception {
        String answer = gateway.raw("GET " + path + " HTTP/1.1");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("Transfer-Encoding: chunked")
                .endsWith("0\r\n\r\n");
    }

    @Test
    void aStreamMayBeLargerThanAnyBuffer() throws Exception {
        assertThat(ask("GET", "/stream/big").body()).hasSize(3 * LiveGateway.CHUNK);
    }

    @Test
    void anEmptyBodyHasALengthOfNothing() throws Exception {
        assertThat(ask("GET", "/empty").headers().firstValue("Content-Length")).contains("0");
    }

    @Test
    void anAnswerThatHasNoBodyHasNeitherLengthNorType() throws Exception {
        assertThat(ask("GET", "/none").headers().map())
                .doesNotContainKeys("content-length", "content-type", "transfer-encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/all/x", "/stream", "/empty", "/head"})
    void theAnswerToAHeadHasNeitherBodyNorLength(String path) throws Exception {
        String answer = gateway.raw("HEAD " + path + " HTTP/1.1");

        assertThat(answer)
                .startsWith("HTTP/1.1 20")
                .doesNotContainIgnoringCase("content-length")
                .endsWith("\r\n\r\n");
        assertThat(answer.indexOf("\r\n\r\n")).isEqualTo(answer.length() - 4);
    }

    @Test
    void theAnswerToAHeadTellsALengthThatIsSet() throws Exception {
        assertThat(gateway.raw("HEAD /told-length HTTP/1.1"))
                .containsIgnoringCase("content-length: 5\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void aConnectionStaysUsableAfterAHead() throws Exception {
        try (Socket socket = gateway.connect()) {
            LiveGateway.send(socket, "HEAD /stream HTTP/1.1");
            LiveGateway.send(socket, "GET /empty HTTP/1.1\nConnection: close");
            String answers =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answers.split("HTTP/1.1 20", -1)).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void aBodyIsClosedWhetherOrNotItWasWritten(String method) throws Exception {
        ask(method, "/stream");

        assertThat(gateway.closed.poll(10, TimeUnit.SECONDS)).isEqualTo("closed");
        assertThat(gateway.closed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stream/refuses", "/stream/wraps"})
    void aBodyThatFailsBeforeItsFirstByteIsAnsweredInTheWordsOfItsRoute(String path)
            throws Exception {
        HttpResponse<String> answer = ask("GET", path);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("more than 7");
        assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stream/breaks", "/stream/wraps/late", "/stream/dies"})
    void aBodyThatFailsLaterCutsTheConnection(String path) {
        assertThatThrownBy(() -> ask("GET", path)).isInstanceOf(IOException.class);
        assertThat(gateway.closed).hasSize(1);
    }

    @Test
    void aCutAnswerHasNoLastChunkAndIsToldWithoutItsMessage() throws Exception {
        String answer = gateway.raw("GET /stream/breaks HTTP/1.1");

        assertThat(answer).startsWith("HTTP/1.1 200").doesNotEndWith("0\r\n\r\n");
        await().untilAsserted(() -> assertThat(gateway.events).hasSize(1));
        assertThat(gateway.events.getFirst().fields().toString())
                .contains("path=/stream/breaks", "IllegalStateException")
                .doesNotContain("select secret");
    }

    @Test
    void aRefusalThatCutsAnAnswerIsToldByItsCode() throws Exception {
        var _ = gateway.raw("GET /stream/wraps/late HTTP/1.1");

        await().untilAsserted(() -> assertThat(gateway.events).hasSize(1));
        assertThat(gateway.events.getFirst().fields().toString())
                .contains("path=/stream/wraps/late", "code=request_entity_too_large");
    }

    @Test
    void aBodyHearsThatTheClientHasGoneAndNobodyElseDoes() throws Exception {
        var log = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try {
            try (Socket socket = gateway.connect()) {
                LiveGateway.send(socket, "GET /stream/endless HTTP/1.1");
                assertThat(socket.getInputStream().readNBytes(LiveGateway.CHUNK))
                        .hasSize(LiveGateway.CHUNK);
            }

            assertThat(gateway.met.poll(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
            assertThat(gateway.closed.poll(10, TimeUnit.SECONDS)).isEqualTo("closed");
            assertThat(ask("GET", "/get").body()).isEqualTo("get");
            assertThat(log.list).isEmpty();
        } finally {
            root.detachAppender(log);
        }
        assertThat(gateway.events).isEmpty();
    }

    @Test
    void aHeaderMayBeAsLongAsAnEncodedUrl() throws Exception {
        assertThat(ask("GET", "/long").headers().firstValue("X-Long").orElseThrow())
                .hasSize(150 << 10);
    }
}
