package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.internal.http.Body;
import dev.hearth.client.internal.http.Http;
import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.SystemTimers;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// The room against a server that runs: `-Dhearth.live.url=… -Dhearth.live.key=…`. Changes need a
/// table that anybody may read and write, in the publication: `create table sdk_notes (id bigint
/// primary key generated always as identity, room text, body text, amount numeric, tags text[])`.
@EnabledIfSystemProperty(named = "hearth.live.url", matches = ".+")
class LiveRealtimeTest {

    record Note(
            long id, String room, String body, java.math.BigDecimal amount, List<String> tags) {}

    record Who(String name) {}

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final class Live implements AutoCloseable {
        final Backend backend;
        final RealtimeClient client;

        Live(String version) {
            String key = System.getProperty("hearth.live.key");
            backend =
                    new Backend(
                            new Http(null, System.getProperty("hearth.live.url"), PATIENCE),
                            new Json(null),
                            Tasks.own(true),
                            new SystemTimers(),
                            key,
                            () -> key,
                            Map.of());
            client = new RealtimeClient(backend, RealtimeOptions.builder().vsn(version).build());
        }

        void post(String path, String json) {
            var answer =
                    backend.send(HttpRequest.of("POST", path).body(Body.json(Wire.utf8(json))));
            assertThat(answer.isSuccess()).as(answer.text()).isTrue();
        }

        @Override
        public void close() {
            client.close();
            backend.timers().close();
            backend.http().close();
            backend.tasks().close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void broadcastsReachTheOther(String version) throws Exception {
        String room = "room:" + UUID.randomUUID();
        var options = ChannelOptions.builder().broadcast(b -> b.ack(true).self(true)).build();
        try (var one = new Live(version);
                var other = new Live("2.0.0")) {
            var heard = new CopyOnWriteArrayList<Object>();
            Channel mine = one.client.channel(room, options).subscribe(PATIENCE);
            Channel its =
                    other.client
                            .channel(room)
                            .onBroadcast("héllo", Who.class, b -> heard.add(b.payload()))
                            .onBroadcast("byHttp", Who.class, b -> heard.add(b.payload()))
                            .subscribe(PATIENCE);
            assertThat(mine.send("héllo", new Who("x"))).isEqualTo(SendResult.OK);
            mine.httpSend("byHttp", new Who("y"));
            Rig.eventually(() -> heard.size() == 2);
            assertThat(heard).containsExactly(new Who("x"), new Who("y"));
            assertThat(its.unsubscribe()).isEqualTo(SendResult.OK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void presenceIsSeenByTheOther(String version) throws Exception {
        String room = "who:" + UUID.randomUUID();
        try (var one = new Live(version);
                var other = new Live("2.0.0")) {
            Channel mine =
                    one.client
                            .channel(
                                    room,
                                    ChannelOptions.builder().presence(p -> p.key("me")).build())
                            .onPresence(PresenceEvent.SYNC, () -> {})
                            .subscribe(PATIENCE);
            Channel its =
                    other.client
                            .channel(room)
                            .onPresence(PresenceEvent.SYNC, () -> {})
                            .subscribe(PATIENCE);
            assertThat(mine.track(new Who("x"))).isEqualTo(SendResult.OK);
            Rig.eventually(() -> its.presenceState(Who.class).containsKey("me"));
            Rig.eventually(() -> mine.presenceState(Who.class).containsKey("me"));
            assertThat(its.presenceState(Who.class).getOrDefault("me", List.of()).get(0).value())
                    .isEqualTo(new Who("x"));
            assertThat(mine.untrack()).isEqualTo(SendResult.OK);
            Rig.eventually(() -> its.presenceState(Who.class).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void changesAreHeardAsRecords(String version) throws Exception {
        String room = UUID.randomUUID().toString();
        try (var live = new Live(version)) {
            var heard = new CompletableFuture<PostgresChange<Note>>();
            live.client
                    .channel("changes:" + room)
                    .onPostgresChanges(
                            PostgresEvent.INSERT,
                            f ->
                                    f.schema("public")
                                            .table("sdk_notes")
                                            .filter(RowFilter.eq("room", room)),
                            Note.class,
                            heard::complete)
                    .subscribe(PATIENCE);
            live.post(
                    "/rest/v1/sdk_notes",
                    "{\"room\":\""
                            + room
                            + "\",\"body\":\"hi\",\"amount\":12345678901234567890.123456789,\"tags\":[\"a\",\"b,c\"]}");
            Note note = heard.get(10, TimeUnit.SECONDS).newRecord();
            assertThat(note.body()).isEqualTo("hi");
            assertThat(note.amount()).isEqualTo("12345678901234567890.123456789");
            assertThat(note.tags()).containsExactly("a", "b,c");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0"})
    void bytesArriveAsTheyWereSent(String version) throws Exception {
        try (var live = new Live(version)) {
            var heard = new CompletableFuture<RawPayload>();
            Channel channel =
                    live.client
                            .channel(
                                    "bytes:" + UUID.randomUUID(),
                                    ChannelOptions.builder().broadcast(b -> b.self(true)).build())
                            .onBroadcast("b", b -> heard.complete(b.payload()))
                            .subscribe(PATIENCE);
            assertThat(channel.send("b", new byte[] {0, 1, -1})).isEqualTo(SendResult.OK);
            RawPayload payload = heard.get(10, TimeUnit.SECONDS);
            assertThat(payload.isJson()).isFalse();
            assertThat(payload.bytes()).containsExactly(0, 1, -1);
        }
    }

    /// `-Dhearth.live.restart=…` names a program that kills the server, starts it again and returns
    /// once it is ready.
    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    @EnabledIfSystemProperty(named = "hearth.live.restart", matches = ".+")
    void comesBackAfterTheServerWasKilled(String version) throws Exception {
        String room = UUID.randomUUID().toString();
        try (var live = new Live(version)) {
            var heard = new CopyOnWriteArrayList<String>();
            Channel channel =
                    live.client
                            .channel(
                                    "restart:" + room,
                                    ChannelOptions.builder()
                                            .broadcast(b -> b.self(true))
                                            .presence(p -> p.key("me"))
                                            .build())
                            .onPostgresChanges(
                                    PostgresEvent.INSERT,
                                    f -> f.table("sdk_notes").filter(RowFilter.eq("room", room)),
                                    Note.class,
                                    change -> heard.add(change.newRecord().body()))
                            .onBroadcast("b", b -> heard.add("broadcast"))
                            .onPresence(PresenceEvent.SYNC, () -> {})
                            .onResync(() -> heard.add("resync"))
                            .subscribe(PATIENCE);
            assertThat(channel.track(new Who("x"))).isEqualTo(SendResult.OK);
            live.post("/rest/v1/sdk_notes", note(room, "before"));
            Rig.eventually(() -> heard.contains("before"));
            Process restart =
                    new ProcessBuilder(System.getProperty("hearth.live.restart"))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            assertThat(restart.waitFor(90, TimeUnit.SECONDS)).isTrue();
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> heard.contains("resync"));
            live.post("/rest/v1/sdk_notes", note(room, "after"));
            Rig.eventually(() -> heard.contains("after"));
            assertThat(channel.send("b", Map.of())).isEqualTo(SendResult.OK);
            Rig.eventually(() -> heard.contains("broadcast"));
            Rig.eventually(() -> channel.presenceState(Who.class).containsKey("me"));
            assertThat(heard).containsExactly("before", "resync", "after", "broadcast");
            assertThat(live.client.stats().reconnects()).isEqualTo(1);
        }
    }

    private static String note(String room, String body) {
        return "{\"room\":\"" + room + "\",\"body\":\"" + body + "\"}";
    }
}
