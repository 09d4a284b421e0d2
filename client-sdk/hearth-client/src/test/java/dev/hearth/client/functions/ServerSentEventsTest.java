package dev.hearth.client.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.FunctionsException;
import dev.hearth.client.error.FunctionsException.Kind;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.RecordingServer;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

class ServerSentEventsTest {

    private static final InvokeOptions USUAL = InvokeOptions.defaults();

    private final RecordingServer server = new RecordingServer();
    private final Backend backend = server.backend();
    private final FunctionsClient functions = new FunctionsClient(backend);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void readsEventsInTheirOrder() {
        server.answers(events("data: a\n\ndata: b\n\n").build());
        try (ServerSentEvents events = functions.stream("chat", "hi")) {
            assertThat(events).extracting(ServerSentEvent::data).containsExactly("a", "b");
        }
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("POST /functions/v1/chat");
        assertThat(asked.headers())
                .containsEntry("accept", "text/event-stream")
                .containsEntry("content-type", "text/plain");
    }

    @Test
    void isAStreamToo() {
        server.answers(events("data: a\n\ndata: b\n\n").build());
        try (var stream = functions.streamAsync("chat", null).join().stream()) {
            assertThat(stream.map(ServerSentEvent::data)).containsExactly("a", "b");
        }
    }

    @Test
    void givesTheFirstEventBeforeTheLastIsSent() {
        server.answers(slow());
        try (ServerSentEvents events = functions.stream("chat", null)) {
            assertThat(events.iterator().next().data()).isEqualTo("a");
        }
    }

    @Test
    void endsForWhoeverWaitsWhenItIsClosed() {
        server.answers(slow());
        ServerSentEvents events = functions.stream("chat", null);
        assertThat(events.iterator().next().data()).isEqualTo("a");
        var waiting = CompletableFuture.supplyAsync(() -> events.iterator().hasNext());
        events.close();
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(2)).isEqualTo(false);
    }

    @Test
    void hasNoEventsWithoutABody() {
        server.answers(new MockResponse.Builder().code(204).build());
        assertThat(functions.stream("chat", null)).isEmpty();
    }

    @Test
    void refusesAnAnswerOfAnotherType() {
        server.answers("{}");
        assertThatThrownBy(() -> functions.stream("chat", null))
                .isInstanceOfSatisfying(
                        FunctionsException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STREAM))
                .hasMessageContaining("answered application/json");
    }

    @Test
    void refusesAnEventBeyondTheLimit() {
        server.answers(events("data: " + "x".repeat(100) + "\n\n").build());
        ServerSentEvents events = functions.stream("chat", null, USUAL.maxEventBytes(100));
        assertThatThrownBy(() -> events.iterator().hasNext())
                .isInstanceOfSatisfying(
                        FunctionsException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STREAM))
                .hasMessageContaining("more than 100 bytes");
        assertThat(events.iterator().hasNext()).isFalse();
    }

    @Test
    void tellsAConnectionThatBreaks() {
        server.answers(
                events("data: a\n\ndata: b\n\n" + ":".repeat(100_000))
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());
        ServerSentEvents events = functions.stream("chat", null);
        assertThatThrownBy(() -> events.forEach(event -> {}))
                .isInstanceOfSatisfying(
                        FunctionsException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FETCH));
    }

    @Test
    void tellsASilenceThatLastsTooLong() {
        server.answers(slow());
        ServerSentEvents events =
                functions.stream("chat", null, USUAL.timeout(Duration.ofMillis(200)));
        assertThat(events.iterator().next().data()).isEqualTo("a");
        assertThatThrownBy(() -> events.iterator().hasNext())
                .isInstanceOfSatisfying(
                        FunctionsException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FETCH))
                .hasMessageContaining("200 ms");
    }

    @Test
    void endsWithTheClient() {
        server.answers(slow());
        ServerSentEvents events = functions.stream("chat", null);
        events.iterator().next();
        backend.http().close();
        var waiting = CompletableFuture.supplyAsync(() -> events.iterator().hasNext());
        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(2))
                .withThrowableThat()
                .withCauseInstanceOf(ClientClosedException.class);
    }

    @Test
    void publishesAsManyAsAreAskedFor() {
        server.answers(events("data: a\n\ndata: b\n\ndata: c\n\n").build());
        var subscriber = new Recording();
        functions.publisher("chat", null, USUAL).subscribe(subscriber);
        assertThat(subscriber.subscription).succeedsWithin(Duration.ofSeconds(2));
        subscriber.subscription.join().request(2);
        await().untilAsserted(() -> assertThat(subscriber.data).containsExactly("a", "b"));
        subscriber.subscription.join().request(Long.MAX_VALUE);
        assertThat(subscriber.end).succeedsWithin(Duration.ofSeconds(2));
        assertThat(subscriber.data).containsExactly("a", "b", "c");
    }

    @Test
    void callsForEachSubscriberAndForNobodyElse() {
        Flow.Publisher<ServerSentEvent> publisher = functions.publisher("chat", null, USUAL);
        assertThat(server.count()).isZero();
        server.answers(events("data: a\n\n").build()).answers(events("data: b\n\n").build());
        for (int i = 1; i <= 2; i++) {
            var subscriber = new Recording();
            publisher.subscribe(subscriber);
            subscriber.subscription.join().request(1);
            assertThat(subscriber.end).succeedsWithin(Duration.ofSeconds(2));
        }
        assertThat(server.count()).isEqualTo(2);
    }

    @Test
    void publishesNothingAfterItIsCancelled() {
        server.answers(slow());
        var subscriber = new Recording();
        functions.publisher("chat", null, USUAL).subscribe(subscriber);
        subscriber.subscription.join().request(1);
        await().untilAsserted(() -> assertThat(subscriber.data).containsExactly("a"));
        subscriber.subscription.join().cancel();
        backend.tasks().close();
        assertThat(subscriber.end).isNotDone();
    }

    @Test
    void publishesAnError() {
        server.answers(500, "{}");
        var subscriber = new Recording();
        functions.publisher("chat", null, USUAL).subscribe(subscriber);
        assertThat(subscriber.end)
                .failsWithin(Duration.ofSeconds(2))
                .withThrowableThat()
                .withCauseInstanceOf(FunctionsException.class);
    }

    @Test
    void refusesToBeAskedForNothing() {
        server.answers(slow());
        var subscriber = new Recording();
        functions.publisher("chat", null, USUAL).subscribe(subscriber);
        subscriber.subscription.join().request(0);
        assertThat(subscriber.end)
                .failsWithin(Duration.ofSeconds(2))
                .withThrowableThat()
                .withCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void publishesTheEndOfTheClient() {
        backend.tasks().close();
        var subscriber = new Recording();
        functions.publisher("chat", null, USUAL).subscribe(subscriber);
        assertThat(subscriber.end)
                .failsWithin(Duration.ofSeconds(2))
                .withThrowableThat()
                .withCauseInstanceOf(ClientClosedException.class);
    }

    private static MockResponse.Builder events(String text) {
        return new MockResponse.Builder()
                .setHeader("content-type", "text/event-stream; charset=utf-8")
                .body(text);
    }

    /// One event, and the next one so late that nobody waits for it.
    private static MockResponse slow() {
        return events("data: a\n\ndata: b\n\n").throttleBody(9, 60, TimeUnit.SECONDS).build();
    }

    private static final class Recording implements Flow.Subscriber<ServerSentEvent> {
        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        final CompletableFuture<Void> end = new CompletableFuture<>();
        final List<String> data = new CopyOnWriteArrayList<>();

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription.complete(begun);
        }

        @Override
        public void onNext(ServerSentEvent event) {
            data.add(event.data());
        }

        @Override
        public void onError(Throwable thrown) {
            end.completeExceptionally(thrown);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }
}
