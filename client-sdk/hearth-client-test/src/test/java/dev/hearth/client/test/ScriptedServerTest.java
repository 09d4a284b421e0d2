package dev.hearth.client.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

class ScriptedServerTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final ScriptedServer server = ScriptedServer.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void answersInOrderAndKeepsWhatItWasAsked() throws Exception {
        server.answer(ScriptedAnswer.json(201, "[1]").header("x-part", "one"))
                .answer(ScriptedAnswer.status(204));

        var first = ask("/rest/v1/notes?select=a%2Cb", "{\"a\":1}");
        var second = ask("/rest/v1/more", "");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body()).isEqualTo("[1]");
        assertThat(first.headers().firstValue("x-part")).contains("one");
        assertThat(second.statusCode()).isEqualTo(204);
        ScriptedRequest asked = server.takeRequest(SOON);
        assertThat(asked).hasToString("POST /rest/v1/notes?select=a%2Cb");
        assertThat(asked.body()).isEqualTo("{\"a\":1}");
        assertThat(asked.header("APIKEY")).contains("k");
        assertThat(server.takeRequest(SOON).path()).isEqualTo("/rest/v1/more");
    }

    @Test
    void saysSoWhenTheScriptIsOver() throws Exception {
        var answer = ask("/", "");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("unscripted");
    }

    @Test
    void dropsTheConnectionWithoutAWord() {
        // Once more, since a client of HTTP may try a second time.
        server.answer(ScriptedAnswer.dropped(), ScriptedAnswer.dropped());

        assertThatThrownBy(() -> ask("/", "")).isInstanceOf(IOException.class);
    }

    @Test
    void cutsABodyInItsMiddle() {
        server.answer(ScriptedAnswer.json(200, "[".repeat(100_000)).truncated());

        assertThatThrownBy(() -> ask("/", "")).isInstanceOf(IOException.class);
    }

    @Test
    void keepsSilent() {
        server.answer(ScriptedAnswer.silence());

        assertThatThrownBy(() -> ask("/", "", Duration.ofMillis(300)))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void takesItsTime() throws Exception {
        server.answer(ScriptedAnswer.json(200, "{}").delayed(Duration.ofMillis(200)));
        long begun = System.nanoTime();

        var unused = ask("/", "");

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(Duration.ofMillis(190));
    }

    @Test
    void failsWhenNobodyAsked() {
        assertThatThrownBy(() -> server.takeRequest(Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no request came within 1 ms");
    }

    @Test
    void talksOverAWebSocket() {
        var client = new Client();
        WebSocket theirs = connect(client);
        ScriptedSocket ours = server.takeSocket(SOON);

        var unused = theirs.sendText("[\"join\"]", true).join();
        assertThat(ours.takeText(SOON)).isEqualTo("[\"join\"]");
        ours.send("{\"event\":");
        assertThat(Waits.take(client.heard, SOON, "nothing")).isEqualTo("{\"event\":");
        ours.cut();
        assertThat(Waits.take(client.heard, SOON, "nothing")).isEqualTo("closed 1006");
        assertThat(server.takeRequest(SOON).path()).isEqualTo("/realtime/v1/websocket");
    }

    @Test
    void breaksTheRulesOfFrames() {
        var client = new Client();
        var unused = connect(client);

        // Of a kind that does not exist.
        server.takeSocket(SOON).sendRaw(new byte[] {(byte) 0x8f, 0});

        assertThat(Waits.take(client.heard, SOON, "nothing")).startsWith("error");
    }

    @Test
    void hearsAGoodbye() {
        WebSocket theirs = connect(new Client());
        ScriptedSocket ours = server.takeSocket(SOON);

        var unused = theirs.sendClose(1000, "done").join();

        assertThat(ours.takeEnd(SOON)).isEqualTo("closed 1000 done");
    }

    @Test
    void refusesAWebSocket() {
        server.refuseSocket(ScriptedAnswer.status(403));

        assertThatThrownBy(() -> connect(new Client()))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    }

    private WebSocket connect(Client client) {
        return http.newWebSocketBuilder()
                .buildAsync(
                        URI.create(
                                "ws://127.0.0.1:" + server.port() + "/realtime/v1/websocket?v=2"),
                        client)
                .join();
    }

    private HttpResponse<String> ask(String target, String body) throws Exception {
        return ask(target, body, SOON);
    }

    private HttpResponse<String> ask(String target, String body, Duration timeout)
            throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.url() + target))
                        .timeout(timeout)
                        .header("apikey", "k")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static final class Client implements WebSocket.Listener {

        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence text, boolean last) {
            socket.request(1);
            heard.add(text.toString());
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            heard.add("closed " + code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            heard.add("error " + error);
        }
    }
}
