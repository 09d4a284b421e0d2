package dev.hearth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.http.HttpStream;
import dev.hearth.client.internal.http.RawServer;
import dev.hearth.client.internal.http.Retry;
import dev.hearth.client.internal.http.SocketEvents;
import dev.hearth.client.internal.http.Sockets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// What is left of a client that was closed in the middle of everything: no thread, no connection,
/// no timer, no call that waits.
class LeftoversTest {

    /// Threads of the libraries that all their users in a Java virtual machine share; they end by
    /// themselves after a minute without work.
    private static final Set<String> SHARED = Set.of("OkHttp TaskRunner", "Okio Watchdog");

    /// Threads of the test itself, and those that carry virtual threads.
    private static final List<String> OTHERS =
            List.of(
                    "raw-server",
                    "awaitility",
                    "ForkJoinPool",
                    "VirtualThread-",
                    "MasterPoller",
                    "Read-Poller",
                    "Write-Poller");

    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private final Set<String> reached = ConcurrentHashMap.newKeySet();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsLeft(boolean virtualThreads) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (var server = new RawServer(this::play)) {
            var client =
                    SupabaseClient.builder(server.address(), "key")
                            .virtualThreads(virtualThreads)
                            .build();
            List<CompletableFuture<?>> calls = inTheMiddleOfEverything(client.rooms().backend());
            assertThat(server.openConnections()).isGreaterThanOrEqualTo(4);

            client.close();

            assertThat(calls)
                    .allSatisfy(
                            call ->
                                    assertThatThrownBy(call::join)
                                            .hasCauseInstanceOf(ClientClosedException.class));
            await().atMost(AT_MOST).untilAsserted(() -> assertThat(since(before)).isEmpty());
            await().atMost(AT_MOST).until(() -> server.openConnections() == 0);
        }
    }

    /// Answers by the path of each request, for as long as the client stays.
    private void play(RawServer.Talk talk) throws IOException {
        for (List<String> head = talk.head(); !head.isEmpty(); head = talk.head()) {
            String path = head.get(0).split(" ", -1)[1];
            if (path.equals("/kept")) {
                talk.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
            } else if (path.equals("/again")) {
                talk.say("HTTP/1.1 503 Later\r\nRetry-After: 50\r\nContent-Length: 0\r\n\r\n");
            } else if (path.equals("/stream")) {
                talk.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx");
            } else if (path.equals("/socket")) {
                talk.upgrade(head);
            }
            reached.add(path);
        }
    }

    /// A call that waits for its head, a stream half read, a pause before a second attempt, an open
    /// socket, a kept connection.
    private List<CompletableFuture<?>> inTheMiddleOfEverything(Backend backend) {
        CompletableFuture<?> silence =
                backend.async(() -> backend.send(HttpRequest.of("POST", "/silence")));
        CompletableFuture<?> stream = backend.async(() -> read(backend));
        CompletableFuture<?> pause =
                backend.async(
                        () -> backend.send(HttpRequest.of("GET", "/again").retry(Retry.READS)));
        new Sockets(backend.http()).open("/socket", Duration.ofSeconds(10), new Opening());
        await().until(
                        () ->
                                reached.containsAll(
                                        Set.of("/silence", "/half", "/again", "/socket", "/open")));
        backend.send(HttpRequest.of("GET", "/kept"));
        return List.of(silence, stream, pause);
    }

    private byte[] read(Backend backend) {
        try (HttpStream stream = backend.open(HttpRequest.of("GET", "/stream"))) {
            assertThat(stream.body().read()).isEqualTo('x');
            reached.add("/half");
            return stream.body().readAllBytes();
        } catch (IOException e) {
            throw (SupabaseException) e.getCause();
        }
    }

    private static Set<String> since(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> !SHARED.contains(name))
                .filter(name -> OTHERS.stream().noneMatch(name::startsWith))
                .collect(Collectors.toSet());
    }

    private final class Opening implements SocketEvents {
        @Override
        public void opened() {
            reached.add("/open");
        }

        @Override
        public void text(String text) {}

        @Override
        public void bytes(ByteBuffer bytes) {}

        @Override
        public void closed(int code, String reason) {}

        @Override
        public void failed(SupabaseException cause) {}
    }
}
