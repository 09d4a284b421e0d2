package dev.hearth.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RequestTimeoutException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.time.HandMovedTimers;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Sockets from opening to end.
class SocketsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HandMovedTimers timers = new HandMovedTimers();
    private final MockWebServer server = new MockWebServer();
    private final Events events = new Events();
    private Http http;

    /// What happened, as text.
    private static final class Events implements SocketEvents {
        private final List<String> seen = new CopyOnWriteArrayList<>();
        private volatile @Nullable SupabaseException failure;

        @Override
        public void opened() {
            seen.add("opened");
        }

        @Override
        public void text(String text) {
            seen.add("text " + text);
        }

        @Override
        public void bytes(ByteBuffer bytes) {
            seen.add("bytes " + StandardCharsets.UTF_8.decode(bytes));
        }

        @Override
        public void closed(int code, String reason) {
            seen.add("closed " + code + " " + reason);
        }

        @Override
        public void failed(SupabaseException cause) {
            failure = cause;
            seen.add("failed");
        }
    }

    @BeforeEach
    void setUp() throws IOException {
        server.start();
        http = to("http://127.0.0.1:" + server.getPort());
    }

    private Http to(String address) {
        return new Http(null, address, PATIENCE, Http.MOST_IN_MEMORY, timers);
    }

    @AfterEach
    void tearDown() {
        http.close();
        server.close();
    }

    @Test
    void carriesTextAndBytesBothWays() {
        server.enqueue(echo());
        Socket socket = new Sockets(http).open("/socket?vsn=2.0.0", PATIENCE, events);

        socket.send("hello");
        socket.send(ByteBuffer.wrap("bytes".getBytes(StandardCharsets.UTF_8)));

        await().untilAsserted(
                        () ->
                                assertThat(events.seen)
                                        .containsExactly("opened", "text hello", "bytes bytes"));
    }

    @Test
    void setsNoAlarmOnceItIsOpen() {
        server.enqueue(echo());

        new Sockets(http).open("/socket", PATIENCE, events);

        await().until(() -> events.seen.contains("opened"));
        assertThat(timers.waiting()).isEmpty();
    }

    @Test
    void saysGoodbye() {
        server.enqueue(echo());
        Socket socket = new Sockets(http).open("/socket", PATIENCE, events);
        await().until(() -> events.seen.contains("opened"));

        socket.close(1000, "done");

        await().until(() -> events.seen.contains("closed 1000 done"));
    }

    @Test
    void saysThatTheOtherSideEndedIt() throws IOException {
        try (var rude = new RawServer(talk -> talk.upgrade(talk.head()))) {
            new Sockets(to(rude.address())).open("/socket", PATIENCE, events);

            await().until(() -> events.failure != null);
            assertThat(events.failure)
                    .isInstanceOf(TransportException.class)
                    .hasMessageEndingWith(" broke: the other side ended it");
        }
    }

    @Test
    void failsWhenItDoesNotOpenInTime() throws IOException {
        try (var silent =
                new RawServer(
                        talk -> {
                            talk.head();
                            talk.untilLeft();
                        })) {
            var other = to(silent.address());
            new Sockets(other).open("/socket", PATIENCE, events);
            await().until(() -> timers.waiting().contains(PATIENCE));

            timers.pass(PATIENCE);

            await().until(() -> events.failure != null);
            assertThat(events.failure)
                    .isInstanceOf(RequestTimeoutException.class)
                    .hasMessage("no socket with " + silent.authority() + " within 10000 ms");
            other.close();
        }
    }

    @Test
    void failsWhenTheConnectionBreaks() throws IOException {
        try (var breaking = new RawServer(RawServer.Talk::head)) {
            var other = to(breaking.address());

            new Sockets(other).open("/socket", PATIENCE, events);

            await().until(() -> events.failure != null);
            assertThat(events.failure).isInstanceOf(TransportException.class);
            assertThat(timers.waiting()).isEmpty();
            other.close();
        }
    }

    @Test
    void endsWithTheClient() {
        server.enqueue(echo());
        new Sockets(http).open("/socket", PATIENCE, events);
        await().until(() -> events.seen.contains("opened"));

        http.close();

        await().until(() -> events.failure != null);
        assertThat(events.failure).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void opensNoneAfterTheEnd() {
        http.close();
        var sockets = new Sockets(http);

        assertThatThrownBy(() -> sockets.open("/socket", PATIENCE, events))
                .isInstanceOf(ClientClosedException.class);
    }

    private static MockResponse echo() {
        return new MockResponse.Builder()
                .webSocketUpgrade(
                        new WebSocketListener() {
                            @Override
                            public void onMessage(WebSocket socket, String text) {
                                socket.send(text);
                            }

                            @Override
                            public void onMessage(WebSocket socket, okio.ByteString bytes) {
                                socket.send(bytes);
                            }

                            @Override
                            public void onClosing(WebSocket socket, int code, String reason) {
                                socket.close(code, reason);
                            }
                        })
                .build();
    }
}
