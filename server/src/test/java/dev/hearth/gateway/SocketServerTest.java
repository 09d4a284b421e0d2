package dev.hearth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.Settings;
import dev.hearth.config.SocketConfig;
import dev.hearth.exchange.SocketDecision;
import dev.hearth.exchange.SocketFrames;
import dev.hearth.exchange.SocketListener;
import dev.hearth.exchange.SocketRoute;
import dev.hearth.observe.Observer;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class SocketServerTest {

    @Test
    void standsInFrontOfTheHandlerForHttp() throws Exception {
        var received = new LinkedBlockingQueue<String>();
        Server app = echoing();
        try {
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<String> http =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + port(app) + "/http"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            WebSocket socket = connect(client, port(app), received);

            socket.sendText("hello", true).join();

            assertThat(http.body()).isEqualTo("http");
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
        } finally {
            LifeCycle.stop(app);
        }
    }

    @Test
    void sendsManyMessagesFromOneBuffer() throws Exception {
        var received = new LinkedBlockingQueue<String>();
        Server app = echoing();
        try {
            WebSocket socket = connect(HttpClient.newHttpClient(), port(app), received);

            socket.sendText("many", true).join();

            for (String expected : MANY) {
                assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
            }
        } finally {
            LifeCycle.stop(app);
        }
    }

    @Test
    void closesOnTextThatIsNotUtf8() {
        assertThat(SocketText.isWellFormed("aé€\uD83D\uDE00".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(SocketText.isWellFormed(new byte[] {'a', (byte) 0xC3})).isFalse();
        assertThat(SocketText.isWellFormed(new byte[] {(byte) 0xC0, (byte) 0x80})).isFalse();
        assertThat(SocketText.isWellFormed(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}))
                .isFalse();
    }

    /// Of every length of header.
    private static final List<String> MANY =
            List.of(
                    "first",
                    "",
                    "x".repeat(125),
                    "x".repeat(126),
                    "x".repeat(65_535),
                    "x".repeat(65_536),
                    "last");

    private static WebSocket connect(
            HttpClient client, int port, LinkedBlockingQueue<String> received) {
        return client.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + port + "/socket"),
                        new WebSocket.Listener() {
                            private final StringBuilder text = new StringBuilder();

                            @Override
                            public CompletionStage<?> onText(
                                    WebSocket from, CharSequence part, boolean last) {
                                text.append(part);
                                if (last) {
                                    received.add(text.toString());
                                    text.setLength(0);
                                }
                                return WebSocket.Listener.super.onText(from, part, last);
                            }
                        })
                .join();
    }

    private static Server echoing() {
        SocketRoute route =
                new SocketRoute(
                        "/socket",
                        handshake ->
                                new SocketDecision.Accept(
                                        socket ->
                                                new SocketListener() {
                                                    @Override
                                                    public void text(byte[] utf8) {
                                                        String text =
                                                                new String(
                                                                        utf8,
                                                                        StandardCharsets.UTF_8);
                                                        socket.send(
                                                                text.equals("many")
                                                                        ? joined(MANY)
                                                                        : SocketFrames.text(utf8));
                                                    }

                                                    @Override
                                                    public void binary(byte[] bytes) {}

                                                    @Override
                                                    public void closed() {}
                                                }));
        SocketConfig config = SocketConfig.from(Settings.of(List.of()));
        var server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.setHandler(
                new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) {
                        Content.Sink.write(response, true, "http", callback);
                        return true;
                    }
                });
        SocketServer.install(server, config, List.of(route), new Observer());
        LifeCycle.start(server);
        return server;
    }

    private static int port(Server server) {
        return server.getURI().getPort();
    }

    private static SocketFrames joined(List<String> texts) {
        return SocketFrames.joined(
                texts.stream()
                        .map(text -> SocketFrames.text(text.getBytes(StandardCharsets.UTF_8)))
                        .toList());
    }
}
