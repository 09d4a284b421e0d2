package dev.hearth.client.test;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A server on loopback that answers as a test told it beforehand, well or badly, and keeps what it
/// was asked. For what the real server does not do on demand.
///
/// ```java
/// try (var server = ScriptedServer.start()) {
///     server.answer(ScriptedAnswer.json(503, "{}").header("Retry-After", "0"));
///     server.answer(ScriptedAnswer.json(200, "[]"));
///     …
///     assertThat(server.takeRequest(ofSeconds(5)).path()).isEqualTo("/rest/v1/notes");
/// }
/// ```
///
/// Each answer serves one request, in their order. A request to which no answer is left gets status
/// 500 with a sentence that says so. A request to open a WebSocket takes no answer unless
/// [#refuseSocket] gave it one: it is let in, and [#takeSocket] gives this side of it. Safe for any
/// thread.
public final class ScriptedServer implements AutoCloseable {

    private static final String UNSCRIPTED =
            "{\"code\":\"unscripted\",\"message\":\"the scripted server has no answer left for this"
                    + " request\"}";

    private final MockWebServer server = new MockWebServer();
    private final Connections connections = new Connections();
    private final BlockingQueue<ScriptedAnswer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<ScriptedAnswer> refusals = new LinkedBlockingQueue<>();
    private final BlockingQueue<ScriptedRequest> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<ScriptedSocket> sockets = new LinkedBlockingQueue<>();

    private ScriptedServer() {
        server.setServerSocketFactory(connections);
        server.setDispatcher(new Script());
    }

    /// On a free port.
    public static ScriptedServer start() {
        return startOn(0);
    }

    /// On a port of one's own: to come back where another one was.
    public static ScriptedServer startOn(int port) {
        var scripted = new ScriptedServer();
        try {
            scripted.server.start(port);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be used", e);
        }
        return scripted;
    }

    /// Such as `http://127.0.0.1:40123`.
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /// Its port.
    public int port() {
        return server.getPort();
    }

    /// Adds answers for the next requests.
    public ScriptedServer answer(ScriptedAnswer... next) {
        for (ScriptedAnswer answer : next) {
            answers.add(Objects.requireNonNull(answer));
        }
        return this;
    }

    /// Adds an answer for the next request that wants a WebSocket.
    public ScriptedServer refuseSocket(ScriptedAnswer next) {
        refusals.add(Objects.requireNonNull(next));
        return this;
    }

    /// The next request that came, in the order of their coming; those for WebSockets too.
    ///
    /// @throws AssertionError when none comes in time
    public ScriptedRequest takeRequest(Duration patience) {
        return Waits.take(requests, patience, "no request came");
    }

    /// The next WebSocket that was opened.
    ///
    /// @throws AssertionError when none comes in time
    public ScriptedSocket takeSocket(Duration patience) {
        return Waits.take(sockets, patience, "no WebSocket was opened");
    }

    /// How many requests came so far.
    public int requestCount() {
        return server.getRequestCount();
    }

    /// Ends; connections that are open are cut.
    @Override
    public void close() {
        server.close();
    }

    private final class Script extends Dispatcher {

        @Override
        public MockResponse dispatch(RecordedRequest recorded) {
            var request = ScriptedRequest.of(recorded);
            requests.add(request);
            boolean socket =
                    request.header("Upgrade").map("websocket"::equalsIgnoreCase).orElse(false);
            ScriptedAnswer answer = (socket ? refusals : answers).poll();
            if (answer != null) {
                return answer.response();
            }
            if (socket) {
                var opened =
                        new ScriptedSocket(
                                connections.get(recorded.getConnectionIndex()), sockets::add);
                return new MockResponse.Builder().webSocketUpgrade(opened.listener()).build();
            }
            return ScriptedAnswer.json(500, UNSCRIPTED).response();
        }
    }
}
