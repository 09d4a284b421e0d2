package dev.hearth.client.realtime;

import static dev.hearth.client.realtime.PostgresEvent.ALL;
import static dev.hearth.client.realtime.PostgresEvent.INSERT;
import static dev.hearth.client.realtime.RowFilter.eq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.internal.json.Json;

import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/// What a channel asks, sends and hears, frame by frame as realtime-js 2.119 does.
class ChannelTest {

    record Note(long id, String text) {}

    record Typing(String who) {}

    private static final String INSERTED =
            """
            {"ids":[101],"data":{"schema":"public","table":"notes","type":"INSERT",\
            "commit_timestamp":"2026-01-02T03:04:05.678Z",\
            "columns":[{"name":"id","type":"int8"},{"name":"text","type":"text"}],\
            "record":{"id":1,"text":"a"},"errors":null}}\
            """;

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void joinsAsRealtimeJsDoes(String version) throws Exception {
        try (var rig = new Rig(version, options -> {})) {
            Channel channel =
                    rig.client.channel(
                            "room:1",
                            ChannelOptions.builder()
                                    .broadcast(b -> b.self(true))
                                    .presence(p -> p.key("k1"))
                                    .build());
            channel.onPostgresChanges(
                            ALL,
                            f -> f.schema("public").table("notes").filter(eq("id", 1)).select("id"),
                            Note.class,
                            change -> {})
                    .onPostgresChanges(INSERT, f -> f.schema("public"), Note.class, change -> {})
                    .onPresence(PresenceEvent.SYNC, () -> {});
            rig.join(channel);
            JsonNode join = rig.server.sent("phx_join").get(0);
            assertThat(FakeServer.payload(join))
                    .isEqualTo(
                            Json.parse(
                                    """
                                    {"config":{"broadcast":{"self":true,"ack":false},
                                     "presence":{"key":"k1","enabled":true},
                                     "postgres_changes":[{"event":"*","schema":"public","table":"notes","filter":"id=eq.1","select":["id"]},
                                      {"event":"INSERT","schema":"public"}],
                                     "private":false},"access_token":"token-1"}\
                                    """));
            assertThat(FakeServer.joinRef(join)).isEqualTo(FakeServer.ref(join));
            assertThat(rig.server.requests.get(0).getTarget())
                    .isEqualTo("/realtime/v1/websocket?apikey=anon&vsn=" + version);
            assertThat(channel.state()).isEqualTo(ChannelState.JOINED);
            assertThat(rig.client.connectionState()).isEqualTo(ConnectionState.OPEN);
        }
    }

    @Test
    void asksForAReplayOnAPrivateChannel() throws Exception {
        try (var rig = new Rig()) {
            rig.join(
                    rig.client.channel(
                            "priv",
                            ChannelOptions.builder()
                                    .isPrivate(true)
                                    .broadcast(b -> b.ack(true).replay(Instant.ofEpochMilli(5), 2))
                                    .build()));
            assertThat(FakeServer.payload(rig.server.sent("phx_join").get(0)).path("config"))
                    .isEqualTo(
                            Json.parse(
                                    """
                                    {"broadcast":{"self":false,"ack":true,"replay":{"since":5,"limit":2}},
                                     "presence":{"key":"","enabled":false},"postgres_changes":[],"private":true}\
                                    """));
        }
    }

    @Test
    void refusesAReplayOnAPublicChannel() {
        assertThatThrownBy(
                        () ->
                                ChannelOptions.builder()
                                        .broadcast(b -> b.replay(Instant.EPOCH, 1))
                                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("private");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void hearsChangesAsRecords(String version) throws Exception {
        try (var rig = new Rig(version, options -> {})) {
            var heard = new CompletableFuture<PostgresChange<Note>>();
            rig.join(
                    rig.client
                            .channel("c")
                            .onPostgresChanges(
                                    INSERT, f -> f.table("notes"), Note.class, heard::complete));
            rig.server.send("c", "postgres_changes", INSERTED);
            PostgresChange<Note> change = heard.get(5, TimeUnit.SECONDS);
            assertThat(change.newRecord()).isEqualTo(new Note(1, "a"));
            assertThat(change.oldRecord()).isNull();
            assertThat(change.eventType()).isEqualTo(INSERT);
            assertThat(change.commitTimestamp())
                    .isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
            assertThat(change.errors()).isEmpty();
        }
    }

    @Test
    void twoListenersToEqualFiltersShareOneBinding() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<String>();
            rig.join(
                    rig.client
                            .channel("c")
                            .onPostgresChanges(
                                    INSERT, f -> f.table("notes"), Note.class, c -> heard.add("1"))
                            .onPostgresChanges(
                                    INSERT, f -> f.table("notes"), Note.class, c -> heard.add("2"))
                            .onPostgresChanges(
                                    INSERT, f -> f.table("x"), Note.class, c -> heard.add("3")));
            assertThat(
                            FakeServer.payload(rig.server.sent("phx_join").get(0))
                                    .path("config")
                                    .path("postgres_changes"))
                    .hasSize(2);
            rig.server.send("c", "postgres_changes", INSERTED);
            rig.server.send("c", "postgres_changes", INSERTED.replace("[101]", "[102]"));
            Rig.eventually(() -> heard.size() == 3);
            assertThat(heard).containsExactly("1", "2", "3");
        }
    }

    @Test
    void aMismatchOfBindingsEndsInAnErrorWithBothLists() throws Exception {
        try (var rig = new Rig()) {
            rig.server.answers =
                    frame ->
                            FakeServer.event(frame).equals("phx_join")
                                    ? Optional.of(
                                            FakeServer.reply(
                                                    frame,
                                                    "ok",
                                                    "{\"postgres_changes\":[{\"id\":1,\"event\":\"*\",\"table\":\"other\"}]}"))
                                    : Optional.empty();
            var statuses = new CopyOnWriteArrayList<SubscribeStatus>();
            Channel channel =
                    rig.client
                            .channel("c")
                            .onPostgresChanges(ALL, f -> f.table("notes"), Note.class, c -> {});
            channel.subscribe((status, error) -> statuses.add(status));
            assertThatThrownBy(() -> channel.subscribe(Duration.ofSeconds(5)))
                    .isInstanceOf(RealtimeException.class)
                    .hasMessageContaining("\"table\":\"notes\"")
                    .hasMessageContaining("\"table\":\"other\"");
            Rig.eventually(() -> statuses.size() == 1);
            assertThat(statuses).containsExactly(SubscribeStatus.CHANNEL_ERROR);
            rig.server.awaitSent("phx_leave", 1);
            Rig.eventually(() -> channel.state() == ChannelState.CLOSED);
        }
    }

    @Test
    void aListenerToChangesAfterSubscribeThrows() throws Exception {
        try (var rig = new Rig()) {
            Channel channel = rig.client.channel("c");
            rig.join(channel);
            assertThatThrownBy(
                            () -> channel.onPostgresChanges(ALL, f -> f, Note.class, change -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("after subscribe()");
            assertThatThrownBy(() -> channel.onPresence(PresenceEvent.SYNC, () -> {}))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> channel.subscribe((status, error) -> {}))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void hearsBroadcastsByName(String version) throws Exception {
        try (var rig = new Rig(version, options -> {})) {
            var heard = new CopyOnWriteArrayList<String>();
            Channel channel = rig.client.channel("c");
            rig.join(channel);
            channel.onBroadcast("typing", Typing.class, b -> heard.add("typed " + b.payload()))
                    .onBroadcast("*", b -> heard.add("any " + b.event() + b.payload().text()))
                    .on("broadcast", Map.of("event", "TYPING"), b -> heard.add("ported " + b));
            rig.server.send(
                    "c",
                    "broadcast",
                    "{\"event\":\"typing\",\"payload\":{\"who\":\"x\"},\"type\":\"broadcast\",\"meta\":{\"id\":\"7\",\"replayed\":true}}");
            rig.server.send("c", "broadcast", "{\"event\":\"other\",\"payload\":{}}");
            Rig.eventually(() -> heard.size() == 4);
            assertThat(heard)
                    .containsExactly(
                            "typed Typing[who=x]",
                            "any typing{\"who\":\"x\"}",
                            "ported {type=broadcast, event=typing, payload={who=x}, meta={id=7,"
                                    + " replayed=true}}",
                            "any other{}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void sendsInTheOrderOfTheCalls(String version) throws Exception {
        try (var rig = new Rig(version, options -> {})) {
            Channel channel = rig.client.channel("c");
            rig.join(channel);
            for (int i = 0; i < 50; i++) {
                assertThat(channel.send("e", Map.of("i", i))).isEqualTo(SendResult.OK);
            }
            Rig.eventually(
                    () -> rig.server.sent("broadcast").size() + rig.server.binary.size() == 50);
            if (version.equals("1.0.0")) {
                assertThat(rig.server.sent("broadcast"))
                        .extracting(f -> FakeServer.payload(f).path("payload").path("i").asInt())
                        .isSorted();
            }
        }
    }

    @Test
    void refusesBytesInVersionOne() throws Exception {
        try (var rig = new Rig("1.0.0", options -> {})) {
            Channel channel = rig.client.channel("c");
            assertThatThrownBy(() -> channel.send("e", new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2.0.0");
        }
    }

    @Test
    void anAcknowledgementTellsWhatBecameOfAMessage() throws Exception {
        try (var rig = new Rig("1.0.0", options -> {})) {
            Channel channel =
                    rig.client.channel(
                            "c", ChannelOptions.builder().broadcast(b -> b.ack(true)).build());
            rig.join(channel);
            assertThat(channel.send("e", 1)).isEqualTo(SendResult.OK);
            rig.server.answers =
                    frame -> Optional.of(FakeServer.reply(frame, "error", "{\"error\":\"x\"}"));
            assertThat(channel.send("e", 1)).isEqualTo(SendResult.ERROR);
            rig.server.answers = frame -> Optional.of("");
            CompletableFuture<SendResult> silent = channel.sendAsync("e", 1);
            rig.server.awaitSent("broadcast", 3);
            rig.timers.pass(Duration.ofSeconds(10));
            assertThat(silent.get(5, TimeUnit.SECONDS)).isEqualTo(SendResult.TIMED_OUT);
            rig.server
                    .socket()
                    .send(FakeServer.reply(rig.server.sent("broadcast").get(2), "ok", "{}"));
            rig.server.answers = frame -> Optional.empty();
            assertThat(channel.send("e", 1)).isEqualTo(SendResult.OK);
            assertThat(rig.errors).isEmpty();
        }
    }

    @Test
    void whatIsSentWhileItJoinsWaitsForTheJoin() throws Exception {
        try (var rig = new Rig("1.0.0", options -> {})) {
            rig.server.silent = true;
            Channel channel = rig.client.channel("c").subscribe();
            CompletableFuture<SendResult> first = channel.sendAsync("e", 0);
            for (int i = 1; i < 100; i++) {
                var unused = channel.sendAsync("e", i);
            }
            assertThatThrownBy(() -> channel.send("e", 100))
                    .isInstanceOf(RealtimeException.class)
                    .hasMessageContaining("wait for SUBSCRIBED");
            JsonNode join = rig.server.awaitSent("phx_join", 1);
            rig.server.silent = false;
            rig.server.socket().send(FakeServer.reply(join, "ok", "{\"postgres_changes\":[]}"));
            assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo(SendResult.OK);
            rig.server.awaitSent("broadcast", 100);
        }
    }

    @Test
    void sendingWithoutSubscriptionNamesTheWayOut() throws Exception {
        try (var rig = new Rig()) {
            assertThatThrownBy(() -> rig.client.channel("c").send("e", 1))
                    .isInstanceOf(RealtimeException.class)
                    .hasMessageContaining("subscribe first")
                    .hasMessageContaining("httpSend");
        }
    }

    @Test
    void sendsByHttpAsRealtimeJsDoes() throws Exception {
        try (var rig = new Rig()) {
            rig.client.channel("room:1").httpSend("ev x", Map.of("b", 2));
            rig.client
                    .channel("priv", ChannelOptions.builder().isPrivate(true).build())
                    .httpSend("e", new byte[] {1, 2});
            RecordedRequest json = rig.server.requests.get(0);
            assertThat(json.getTarget())
                    .isEqualTo(
                            "/realtime/v1/api/broadcast/room%3A1/events/ev%20x?apikey=anon&vsn=2.0.0");
            assertThat(json.getMethod()).isEqualTo("POST");
            assertThat(json.getHeaders().get("apikey")).isEqualTo("anon");
            assertThat(json.getHeaders().get("authorization")).isEqualTo("Bearer token-1");
            assertThat(json.getHeaders().get("content-type")).isEqualTo("application/json");
            assertThat(json.getBody().utf8()).isEqualTo("{\"b\":2}");
            RecordedRequest bytes = rig.server.requests.get(1);
            assertThat(bytes.getTarget())
                    .isEqualTo(
                            "/realtime/v1/api/broadcast/priv/events/e?apikey=anon&vsn=2.0.0&private=true");
            assertThat(bytes.getHeaders().get("content-type"))
                    .isEqualTo("application/octet-stream");
        }
    }

    @Test
    void aBroadcastByHttpThatIsRefusedSaysWhy() throws Exception {
        try (var rig = new Rig()) {
            rig.server.refuses =
                    request ->
                            Optional.of(
                                    new MockResponse.Builder()
                                            .code(403)
                                            .body("{\"message\":\"Unauthorized\"}")
                                            .build());
            assertThatThrownBy(() -> rig.client.channel("c").httpSend("e", 1))
                    .isInstanceOfSatisfying(
                            RealtimeException.class,
                            e -> {
                                assertThat(e.status()).hasValue(403);
                                assertThat(e).hasMessageContaining("Unauthorized");
                            });
            rig.server.refuses =
                    request -> Optional.of(new MockResponse.Builder().code(404).build());
            assertThatThrownBy(() -> rig.client.channel("c").httpSend("e", 1))
                    .hasMessageContaining("2.97.0");
        }
    }

    @Test
    void tracksAndTellsWhoIsThere() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<String>();
            Channel channel =
                    rig.client
                            .channel("c")
                            .onPresence(PresenceEvent.SYNC, () -> heard.add("sync"))
                            .onPresence(
                                    PresenceEvent.JOIN,
                                    Typing.class,
                                    (key, current, joined) -> heard.add("join " + key + joined))
                            .onPresence(
                                    PresenceEvent.LEAVE,
                                    Typing.class,
                                    (key, current, left) -> heard.add("leave " + key + current));
            String join = rig.join(channel);
            assertThat(channel.track(new Typing("me"))).isEqualTo(SendResult.OK);
            assertThat(FakeServer.payload(rig.server.sent("presence").get(0)))
                    .isEqualTo(
                            Json.parse(
                                    "{\"type\":\"presence\",\"event\":\"track\",\"payload\":{\"who\":\"me\"}}"));
            rig.server.send("c", "presence_state", "{}", join);
            rig.server.send(
                    "c",
                    "presence_diff",
                    "{\"joins\":{\"k\":{\"metas\":[{\"phx_ref\":\"r1\",\"who\":\"me\"}]}},\"leaves\":{}}");
            Rig.eventually(() -> heard.size() == 3);
            assertThat(channel.presenceState(Typing.class))
                    .isEqualTo(Map.of("k", List.of(new Presence<>("r1", new Typing("me")))));
            rig.server.send(
                    "c",
                    "presence_diff",
                    "{\"joins\":{},\"leaves\":{\"k\":{\"metas\":[{\"phx_ref\":\"r1\",\"who\":\"me\"}]}}}");
            Rig.eventually(() -> heard.size() == 5);
            assertThat(heard)
                    .containsExactly(
                            "sync",
                            "join k[Presence[ref=r1, value=Typing[who=me]]]",
                            "sync",
                            "leave k[]",
                            "sync");
            assertThat(channel.untrack()).isEqualTo(SendResult.OK);
            assertThat(FakeServer.payload(rig.server.sent("presence").get(1)))
                    .isEqualTo(Json.parse("{\"type\":\"presence\",\"event\":\"untrack\"}"));
        }
    }

    @Test
    void refusesToTrackWhatIsNoObject() throws Exception {
        try (var rig = new Rig()) {
            assertThatThrownBy(() -> rig.client.channel("c").track(5))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("object");
        }
    }

    @Test
    void aSystemMessageIsHeardAndItsErrorReported() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CompletableFuture<SystemMessage>();
            Channel channel = rig.client.channel("c").onSystem(heard::complete);
            String join = rig.join(channel);
            rig.server.send(
                    "c",
                    "system",
                    "{\"extension\":\"postgres_changes\",\"status\":\"error\",\"message\":\"no"
                            + " table\",\"channel\":\"c\"}",
                    join);
            assertThat(heard.get(5, TimeUnit.SECONDS).isError()).isTrue();
            rig.awaitError("server: c postgres_changes no table");
        }
    }

    @Test
    void publishesChangesToAFlow() throws Exception {
        try (var rig = new Rig()) {
            Channel channel = rig.client.channel("c");
            Flow.Publisher<PostgresChange<Note>> changes =
                    channel.changes(INSERT, f -> f.table("notes"), Note.class);
            var heard = new CopyOnWriteArrayList<Object>();
            var done = new CompletableFuture<Void>();
            changes.subscribe(
                    new Flow.Subscriber<>() {
                        @Override
                        public void onSubscribe(Flow.Subscription subscription) {
                            subscription.request(10);
                        }

                        @Override
                        public void onNext(PostgresChange<Note> change) {
                            heard.add(change.newRecord());
                        }

                        @Override
                        public void onError(Throwable thrown) {
                            done.completeExceptionally(thrown);
                        }

                        @Override
                        public void onComplete() {
                            done.complete(null);
                        }
                    });
            rig.join(channel);
            rig.server.send("c", "postgres_changes", INSERTED);
            Rig.eventually(() -> heard.size() == 1);
            assertThat(channel.unsubscribe()).isEqualTo(SendResult.OK);
            done.get(5, TimeUnit.SECONDS);
            assertThat(heard).containsExactly(new Note(1, "a"));
        }
    }

    @Test
    void leavesAndMayBeSubscribedAgain() throws Exception {
        try (var rig = new Rig()) {
            Channel channel = rig.client.channel("c");
            String first = rig.join(channel);
            assertThat(rig.client.removeChannel(channel)).isEqualTo(SendResult.OK);
            assertThat(FakeServer.joinRef(rig.server.sent("phx_leave").get(0))).isEqualTo(first);
            assertThat(rig.client.getChannels()).isEmpty();
            assertThat(channel.state()).isEqualTo(ChannelState.CLOSED);
            assertThat(rig.join(channel)).isNotEqualTo(first);
            assertThat(rig.client.getChannels()).containsExactly(channel);
            assertThat(rig.client.channel("c")).isSameAs(channel);
        }
    }

    @Test
    void aLeaveWithoutAnswerTimesOut() throws Exception {
        try (var rig = new Rig()) {
            Channel channel = rig.client.channel("c");
            rig.join(channel);
            rig.server.silent = true;
            CompletableFuture<SendResult> left = channel.unsubscribeAsync();
            rig.server.awaitSent("phx_leave", 1);
            rig.timers.pass(Duration.ofSeconds(10));
            assertThat(left.get(5, TimeUnit.SECONDS)).isEqualTo(SendResult.TIMED_OUT);
        }
    }
}
