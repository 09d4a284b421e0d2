package dev.hearth.realtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.RealtimeConfig;
import dev.hearth.config.Secret;
import dev.hearth.config.Settings;
import dev.hearth.config.SocketConfig;
import dev.hearth.config.TokenConfig;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.RequestLine;
import dev.hearth.exchange.Route;
import dev.hearth.gateway.SocketServer;
import dev.hearth.observe.Observer;
import dev.hearth.realtime.changes.feed.Subscriptions;
import dev.hearth.testing.TestClock;
import dev.hearth.token.ProjectKeys;
import dev.hearth.token.Tokens;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Realtime on a web server of its own on a free port, with a clock that the test owns, no
/// back-offs unless asked for, and subscriptions that the test gives.
final class TestRealtime implements AutoCloseable {

    static final String SECRET = "a-secret-for-tests-with-more-than-32-characters";
    static final String PUBLISHABLE = "sb_publishable_0123456789012345678901_12345678";
    static final String SECRET_KEY = "sb_secret_0123456789012345678901_12345678";

    final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));
    final Observer observer = new Observer();
    final Realtime realtime;
    final Tokens tokens;
    final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty, 1, 1);
    boolean databaseConnected = true;

    private TestRealtime(Map<String, String> given, Subscriptions subscriptions) throws Exception {
        Map<String, String> values = new HashMap<>();
        values.put("CONNECT_ERROR_BACKOFF_MS", "0");
        values.put("CHANNEL_ERROR_BACKOFF_MS", "0");
        values.putAll(given);
        Settings settings = Settings.of(List.of(values));
        TokenConfig config =
                new TokenConfig(
                        new Secret(SECRET),
                        List.of(),
                        "issuer",
                        "authenticated",
                        Duration.ofHours(1),
                        new Secret("no anon key"),
                        new Secret("no service key"),
                        List.of(new Secret(PUBLISHABLE)),
                        List.of(new Secret(SECRET_KEY)));
        tokens = new Tokens(config, clock);
        realtime =
                new Realtime(
                        RealtimeConfig.from(settings),
                        tokens,
                        new ProjectKeys(config),
                        subscriptions,
                        new Realtime.Health() {
                            @Override
                            public boolean databaseConnected() {
                                return databaseConnected;
                            }

                            @Override
                            public boolean replicationConnected() {
                                return true;
                            }
                        },
                        observer,
                        clock);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        SocketServer.install(jetty, SocketConfig.from(settings), realtime.sockets(), observer);
        jetty.start();
    }

    static TestRealtime start(String... settings) throws Exception {
        return start(new NoChanges(), settings);
    }

    static TestRealtime start(Subscriptions subscriptions, String... settings) throws Exception {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return new TestRealtime(values, subscriptions);
    }

    int port() {
        return connector.getLocalPort();
    }

    /// A socket of version 2.0.0 with the publishable key.
    SocketClient two() {
        return SocketClient.connect(address("apikey=" + PUBLISHABLE + "&vsn=2.0.0"));
    }

    /// A socket of version 1.0.0 with the publishable key.
    SocketClient one() {
        return SocketClient.connect(address("apikey=" + PUBLISHABLE));
    }

    URI address(String query) {
        return URI.create("ws://127.0.0.1:%d/realtime/v1/websocket?%s".formatted(port(), query));
    }

    /// A token of a role that runs out when so much time has passed.
    String token(String role, Duration lifetime) {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("role", role);
        claims.put("exp", clock.instant().plus(lifetime).getEpochSecond());
        return tokens.sign(claims);
    }

    /// Asks a route as the gateway would.
    Answer ask(
            Method method,
            String path,
            Map<String, String> parameters,
            String contentType,
            byte[] body,
            String... query)
            throws Exception {
        Route route =
                realtime.routes().stream()
                        .filter(r -> r.takes(method) && r.path().equals(path))
                        .findFirst()
                        .orElseThrow();
        return route.handler()
                .handle(
                        new Request(
                                RequestLine.of(method, path, String.join("&", query)),
                                parameters,
                                new Headers(Map.of("content-type", List.of(contentType))),
                                new Credential.ProjectKey("anon"),
                                InetAddress.getLoopbackAddress(),
                                "id",
                                new Body(body)));
    }

    Answer batch(String json) throws Exception {
        return ask(
                Method.POST,
                "/realtime/v1/api/broadcast",
                Map.of(),
                "application/json",
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        realtime.close();
        LifeCycle.stop(jetty);
    }

    /// A body in memory.
    static final class Body implements Request.Body {
        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
