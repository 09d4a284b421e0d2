package dev.hearth.client.realtime;

import static org.awaitility.Awaitility.await;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.internal.http.Http;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.HandMovedTimers;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A client, a server that does as it is told, and time in the test's hands.
final class Rig implements AutoCloseable {

    final FakeServer server;
    final HandMovedTimers timers = new HandMovedTimers();
    final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
    final List<String> errors = new CopyOnWriteArrayList<>();
    final RealtimeClient client;
    final Backend backend;
    private final Tasks tasks;
    volatile String token = "token-1";
    volatile @Nullable SupabaseException noToken;

    Rig() throws IOException {
        this("2.0.0", options -> {});
    }

    Rig(String version, Consumer<RealtimeOptions.Builder> says) throws IOException {
        this(version, says, Tasks.own(false));
    }

    Rig(String version, Consumer<RealtimeOptions.Builder> says, Tasks tasks) throws IOException {
        this.tasks = tasks;
        server = new FakeServer(version);
        backend =
                new Backend(
                        new Http(null, server.url(), Duration.ofSeconds(10)),
                        new Json(null),
                        tasks,
                        timers,
                        "anon",
                        this::token,
                        Map.of());
        var options =
                RealtimeOptions.builder()
                        .vsn(version)
                        .listener(events::add)
                        .errorListener(new Errors());
        says.accept(options);
        client = new RealtimeClient(backend, options.build());
    }

    private String token() {
        if (noToken != null) {
            throw noToken;
        }
        return token;
    }

    private final class Errors implements ErrorListener {
        @Override
        public void protocolError(String reason) {
            errors.add("protocol: " + reason);
        }

        @Override
        public void serverError(String topic, String code, String message) {
            errors.add("server: " + topic + " " + code + " " + message);
        }

        @Override
        public void handlerThrew(String topic, Throwable thrown) {
            errors.add("handler: " + topic + " " + thrown.getMessage());
        }

        @Override
        public void slowConsumer(String topic, int queued) {
            errors.add("slow: " + topic + " " + queued);
        }

        @Override
        public void messageDropped(String topic, long count) {
            errors.add("dropped: " + topic + " " + count);
        }

        @Override
        public void tokenRejected(String topic, SupabaseException reason) {
            errors.add("token: " + topic + " " + reason.getMessage());
        }

        @Override
        public void decodeFailed(String topic, JsonMappingException reason) {
            errors.add("decode: " + topic);
        }
    }

    static void eventually(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(5)).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    /// Time goes on once everything that was seen has had its consequences: an alarm may be set
    /// behind what a test waited for.
    void pass(Duration duration) {
        var settled = new CompletableFuture<Void>();
        client.loop().turns().run(() -> settled.complete(null));
        settled.join();
        timers.pass(duration);
    }

    void awaitError(String prefix) {
        eventually(() -> errors.stream().anyMatch(error -> error.startsWith(prefix)));
    }

    void awaitEvent(Class<? extends ConnectionEvent> type, int count) {
        eventually(() -> events.stream().filter(type::isInstance).count() >= count);
    }

    /// A channel that is in, and the reference of its join.
    String join(Channel channel) {
        channel.subscribe(Duration.ofMinutes(10));
        List<com.fasterxml.jackson.databind.JsonNode> joins =
                server.sent("phx_join").stream()
                        .filter(
                                frame ->
                                        FakeServer.topic(frame)
                                                .equals("realtime:" + channel.topic()))
                        .toList();
        return FakeServer.ref(joins.get(joins.size() - 1));
    }

    @Override
    public void close() {
        client.close();
        backend.http().close();
        tasks.close();
        server.close();
    }
}
