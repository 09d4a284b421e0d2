package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.exchange.Bytes;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client that speaks raw frames: it sends what it is given and keeps what comes, in order.
final class SocketClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 15;

    /// What came.
    sealed interface Received {
        record Text(String text) implements Received {}

        record Binary(Bytes bytes) implements Received {}

        record Closed(int code, String reason) implements Received {}
    }

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    private SocketClient(URI address) {
        this.socket =
                HTTP.newWebSocketBuilder()
                        .connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
                        .buildAsync(address, new Reader())
                        .join();
    }

    static SocketClient connect(URI address) {
        return new SocketClient(address);
    }

    /// Sends a text message, with `'` for `"`.
    SocketClient send(String text) {
        // The server may have closed already; what it said stays to be read.
        socket.sendText(text.replace('\'', '"'), true).handle((sent, error) -> sent).join();
        return this;
    }

    SocketClient sendParts(String... parts) {
        for (int i = 0; i < parts.length; i++) {
            socket.sendText(parts[i].replace('\'', '"'), i == parts.length - 1).join();
        }
        return this;
    }

    SocketClient send(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        return this;
    }

    void ping(String text) {
        socket.sendPing(ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .join();
    }

    /// The next thing that comes.
    Received next() {
        try {
            Received next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("a message").isNotNull();
            return java.util.Objects.requireNonNull(next);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Expects a text message of this JSON, with `'` for `"`.
    void expect(String json) {
        assertThat(text()).isEqualTo(tree(json.replace('\'', '"')));
    }

    /// Expects these messages in whatever order.
    void expectAll(String... messages) {
        var found = new java.util.ArrayList<JsonNode>();
        for (int i = 0; i < messages.length; i++) {
            found.add(text());
        }
        assertThat(found)
                .containsExactlyInAnyOrder(
                        java.util.Arrays.stream(messages)
                                .map(json -> tree(json.replace('\'', '"')))
                                .toArray(JsonNode[]::new));
    }

    /// The next text message.
    JsonNode text() {
        return next() instanceof Received.Text(String text) ? tree(text) : fail();
    }

    /// The next binary message.
    byte[] binary() {
        Received next = next();
        assertThat(next).isInstanceOf(Received.Binary.class);
        return ((Received.Binary) next).bytes().array();
    }

    /// The next thing, which must be the end.
    Received.Closed closed() {
        Received next = next();
        while (!(next instanceof Received.Closed)) {
            next = next();
        }
        return (Received.Closed) next;
    }

    /// Whether a message that holds this text has come and was not read yet.
    boolean hasReceived(String part) {
        return received.stream()
                .anyMatch(
                        each -> each instanceof Received.Text(String text) && text.contains(part));
    }

    /// Joins and expects an OK reply.
    SocketClient join(String topic, String config) {
        send("['1','1','%s','phx_join',{'config':{%s}}]".formatted(topic, config));
        expect(
                "['1','1','%s','phx_reply',{'status':'ok','response':{'postgres_changes':[]}}]"
                        .formatted(topic));
        return this;
    }

    /// Proves that nothing else came: what is asked now is answered next.
    void expectNothingElse() {
        send("[null,'marker','phoenix','heartbeat',{}]");
        expect("[null,'marker','phoenix','phx_reply',{'status':'ok','response':{}}]");
    }

    /// Drops the connection without a word.
    void kill() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static JsonNode fail() {
        throw new AssertionError("expected a text message");
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (java.io.IOException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }

    private final class Reader implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received.add(new Received.Text(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return done();
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            bytes.writeBytes(copy);
            if (last) {
                received.add(new Received.Binary(new Bytes(bytes.toByteArray())));
                bytes.reset();
            }
            from.request(1);
            return done();
        }

        @Override
        public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
            received.add(new Received.Text("\"pong\""));
            from.request(1);
            return done();
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            received.add(new Received.Closed(code, reason));
            return done();
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            received.add(new Received.Closed(1006, String.valueOf(error.getMessage())));
        }

        private CompletionStage<?> done() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
