package dev.hearth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.HttpConfig;
import dev.hearth.config.TestSettings;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.Route;
import dev.hearth.exchange.Route.Access;
import dev.hearth.observe.Observer;
import dev.hearth.token.ProjectKeys;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Clients that say nothing, against a door that soon loses patience.
class IdleTimeoutTest {

    private static final Duration IDLE = Duration.ofMillis(200);

    @AutoClose private static Gateway gateway;

    @BeforeAll
    static void open() {
        gateway =
                Gateway.open(
                        new HttpConfig(
                                "127.0.0.1",
                                0,
                                URI.create("http://127.0.0.1"),
                                List.of(),
                                true,
                                IDLE),
                        new ProjectKeys(TestSettings.developmentConfig().token()),
                        List.of(
                                new Route(
                                        Method.POST,
                                        "/body",
                                        Access.OPEN,
                                        100,
                                        IdleTimeoutTest::length),
                                Route.open(Method.GET, "/slow", _ -> slow())),
                        _ -> {},
                        new Observer());
    }

    private static Answer length(Request request) throws IOException {
        return Answer.text(200, "" + request.body().bytes().length);
    }

    private static Answer slow() throws InterruptedException {
        boolean never = new CountDownLatch(1).await(4 * IDLE.toMillis(), TimeUnit.MILLISECONDS);
        return Answer.text(200, "late " + never);
    }

    @Test
    void aBodyOfWhichNoMoreComesIsRefused() throws IOException {
        assertThat(answer("POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"))
                .startsWith("HTTP/1.1 408 ")
                .endsWith("{\"message\":\"Nothing more of the request body came for 200 ms\"}");
    }

    @Test
    void aChunkedBodyOfWhichNoMoreComesIsRefused() throws IOException {
        assertThat(
                        answer(
                                "POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                                        + "\r\n3\r\nabc\r\n"))
                .startsWith("HTTP/1.1 408 ");
    }

    @Test
    void anAnswerMayTakeLonger() throws IOException {
        assertThat(answer("GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("late false");
    }

    @Test
    void aConnectionWithoutARequestIsClosed() throws IOException {
        assertThat(answer("")).isEmpty();
    }

    /// Everything until the server closes the connection.
    private static String answer(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
