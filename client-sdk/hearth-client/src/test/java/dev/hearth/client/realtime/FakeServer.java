package dev.hearth.client.realtime;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.client.internal.json.Json;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

import okio.ByteString;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

import javax.net.ServerSocketFactory;

/// A realtime server that does as it is told. It lets everybody in and acknowledges everything,
/// unless a test says otherwise.
final class FakeServer extends Dispatcher implements AutoCloseable {

    final MockWebServer http = new MockWebServer();
    final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    final List<String> binary = new CopyOnWriteArrayList<>();
    final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    final BlockingQueue<WebSocket> sockets = new LinkedBlockingQueue<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    final boolean arrays;
    volatile @Nullable WebSocket socket;
    volatile Function<RecordedRequest, Optional<MockResponse>> refuses =
            request -> Optional.empty();
    volatile Function<JsonNode, Optional<String>> answers = frame -> Optional.empty();
    volatile boolean silent;

    FakeServer(String version) throws IOException {
        arrays = version.equals("2.0.0");
        http.setDispatcher(this);
        http.setServerSocketFactory(new Accepting());
        http.start();
    }

    /// The socket that was opened last.
    WebSocket socket() {
        return Objects.requireNonNull(socket);
    }

    String url() {
        return "http://127.0.0.1:" + http.getPort();
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        requests.add(request);
        Optional<MockResponse> refused = refuses.apply(request);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!"websocket".equalsIgnoreCase(request.getHeaders().get("Upgrade"))) {
            return new MockResponse.Builder().code(202).build();
        }
        return new MockResponse.Builder().webSocketUpgrade(new Reader()).build();
    }

    private final class Reader extends WebSocketListener {
        @Override
        public void onOpen(WebSocket opened, Response response) {
            socket = opened;
            sockets.add(opened);
        }

        @Override
        public void onMessage(WebSocket from, String text) {
            JsonNode frame = Json.parse(text);
            frames.add(frame);
            if (silent) {
                return;
            }
            Optional<String> answer = answers.apply(frame);
            if (answer.isPresent()) {
                if (!answer.get().isEmpty()) {
                    from.send(answer.get());
                }
                return;
            }
            String event = event(frame);
            if (event.equals("phx_join")) {
                from.send(reply(frame, "ok", bindings(frame)));
            } else if (!event.equals("access_token")) {
                from.send(reply(frame, "ok", "{}"));
            }
        }

        @Override
        public void onMessage(WebSocket from, ByteString bytes) {
            binary.add(bytes.hex());
        }

        @Override
        public void onClosing(WebSocket from, int code, String reason) {
            from.close(1000, null);
        }
    }

    static String bindings(JsonNode join) {
        var list = Json.protocol().createArrayNode();
        int id = 100;
        for (JsonNode binding : payload(join).path("config").path("postgres_changes")) {
            ObjectNode answered = binding.deepCopy();
            list.add(answered.put("id", ++id));
        }
        return "{\"postgres_changes\":" + list + "}";
    }

    static String topic(JsonNode frame) {
        return frame.isArray() ? frame.path(2).asText() : frame.path("topic").asText();
    }

    static String event(JsonNode frame) {
        return frame.isArray() ? frame.path(3).asText() : frame.path("event").asText();
    }

    static JsonNode payload(JsonNode frame) {
        return frame.isArray() ? frame.path(4) : frame.path("payload");
    }

    static String ref(JsonNode frame) {
        return frame.isArray() ? frame.path(1).asText() : frame.path("ref").asText();
    }

    static String joinRef(JsonNode frame) {
        return frame.isArray() ? frame.path(0).asText() : frame.path("join_ref").asText();
    }

    static String reply(JsonNode frame, String status, String response) {
        String payload = "{\"status\":\"" + status + "\",\"response\":" + response + "}";
        return frame.isArray()
                ? "["
                        + frame.path(0)
                        + ","
                        + frame.path(1)
                        + ","
                        + frame.path(2)
                        + ",\"phx_reply\","
                        + payload
                        + "]"
                : "{\"event\":\"phx_reply\",\"payload\":"
                        + payload
                        + ",\"ref\":"
                        + frame.path("ref")
                        + ",\"topic\":"
                        + frame.path("topic")
                        + "}";
    }

    /// To all alike.
    void send(String topic, String event, String payload) {
        socket().send(
                        arrays
                                ? "[null,null,\"realtime:"
                                        + topic
                                        + "\",\""
                                        + event
                                        + "\","
                                        + payload
                                        + "]"
                                : "{\"event\":\""
                                        + event
                                        + "\",\"payload\":"
                                        + payload
                                        + ",\"ref\":null,\"topic\":\"realtime:"
                                        + topic
                                        + "\"}");
    }

    /// To one join.
    void send(String topic, String event, String payload, String joinRef) {
        socket().send(
                        arrays
                                ? "[\""
                                        + joinRef
                                        + "\",\""
                                        + joinRef
                                        + "\",\"realtime:"
                                        + topic
                                        + "\",\""
                                        + event
                                        + "\","
                                        + payload
                                        + "]"
                                : "{\"event\":\""
                                        + event
                                        + "\",\"payload\":"
                                        + payload
                                        + ",\"ref\":\""
                                        + joinRef
                                        + "\",\"topic\":\"realtime:"
                                        + topic
                                        + "\"}");
    }

    /// The frames of one event so far.
    List<JsonNode> sent(String event) {
        return frames.stream().filter(frame -> event(frame).equals(event)).toList();
    }

    JsonNode awaitSent(String event, int count) {
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> sent(event).size() >= count);
        return sent(event).get(count - 1);
    }

    /// Breaks all connections as a network does. (A socket's own `cancel` is for clients.)
    void tear() throws IOException {
        for (Socket connection : connections) {
            connection.setSoLinger(true, 0);
            connection.close();
        }
    }

    /// Remembers what it accepted.
    private final class Accepting extends ServerSocketFactory {
        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new ServerSocket() {
                @Override
                public Socket accept() throws IOException {
                    Socket connection = super.accept();
                    connections.add(connection);
                    return connection;
                }
            };
        }

        @Override
        public ServerSocket createServerSocket(int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
            throw new UnsupportedOperationException();
        }
    }

    /// Closes the socket as a server that restarts does.
    void cut() {
        socket().close(1012, "restart");
    }

    @Override
    public void close() {
        http.close();
    }
}
