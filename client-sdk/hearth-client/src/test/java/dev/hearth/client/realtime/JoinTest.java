package dev.hearth.client.realtime;

import static dev.hearth.client.realtime.PostgresEvent.ALL;
import static dev.hearth.client.realtime.PostgresEvent.INSERT;
import static dev.hearth.client.realtime.RowFilter.eq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.internal.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// What a join says, and what becomes of it, frame by frame as realtime-js 2.119 does.
class JoinTest {

    record Note(long id, String text) {}

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
    void aJoinThatIsRefusedIsToldWithItsCodeAndTriedAgain() throws Exception {
        try (var rig = new Rig()) {
            rig.server.answers =
                    frame ->
                            FakeServer.event(frame).equals("phx_join")
                                    ? Optional.of(
                                            FakeServer.reply(
                                                    frame,
                                                    "error",
                                                    "{\"reason\":\"Unauthorized: You do not have"
                                                        + " permissions to read from this Channel"
                                                        + " topic: c\"}"))
                                    : Optional.empty();
            assertThatThrownBy(() -> rig.client.channel("c").subscribe(Duration.ofHours(1)))
                    .isInstanceOfSatisfying(
                            RealtimeException.class,
                            e -> {
                                assertThat(e.code()).contains("Unauthorized");
                                assertThat(e.topic()).contains("c");
                                assertThat(e).hasMessageContaining("policy");
                            });
            rig.awaitError("server: c Unauthorized");
            Channel channel = rig.client.channel("d").subscribe();
            Rig.eventually(() -> channel.state() == ChannelState.ERRORED);
            rig.server.answers = frame -> Optional.empty();
            rig.pass(Duration.ofMillis(1200));
            Rig.eventually(() -> channel.state() == ChannelState.JOINED);
        }
    }

    @Test
    void aJoinWithoutAnswerTimesOutAndItsLateAnswerIsLeftOut() throws Exception {
        try (var rig = new Rig()) {
            rig.server.silent = true;
            var statuses = new CopyOnWriteArrayList<SubscribeStatus>();
            Channel channel = rig.client.channel("c");
            channel.subscribe((status, error) -> statuses.add(status));
            JsonNode join = rig.server.awaitSent("phx_join", 1);
            rig.pass(Duration.ofSeconds(10));
            Rig.eventually(() -> statuses.contains(SubscribeStatus.TIMED_OUT));
            rig.server.awaitSent("phx_leave", 1);
            rig.server.socket().send(FakeServer.reply(join, "ok", "{\"postgres_changes\":[]}"));
            rig.server.silent = false;
            rig.pass(Duration.ofMillis(1200));
            Rig.eventually(() -> channel.state() == ChannelState.JOINED);
            assertThat(rig.server.sent("phx_join")).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void aChannelThatTheServerClosesStaysClosed(String version) throws Exception {
        try (var rig = new Rig(version, options -> {})) {
            var statuses = new CopyOnWriteArrayList<SubscribeStatus>();
            Channel channel = rig.client.channel("c");
            channel.subscribe((status, error) -> statuses.add(status));
            String join = rig.join(channel);
            rig.server.send("c", "phx_close", "{}", "999");
            rig.server.send("c", "phx_close", "{}", join);
            Rig.eventually(() -> statuses.contains(SubscribeStatus.CLOSED));
            assertThat(channel.state()).isEqualTo(ChannelState.CLOSED);
            rig.pass(Duration.ofSeconds(20));
            assertThat(rig.server.sent("phx_join")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void aChannelThatBreaksAtTheServerIsJoinedAgain(String version) throws Exception {
        try (var rig = new Rig(version, options -> {})) {
            var statuses = new CopyOnWriteArrayList<SubscribeStatus>();
            Channel channel = rig.client.channel("c");
            channel.subscribe((status, error) -> statuses.add(status));
            String join = rig.join(channel);
            rig.server.send("c", "phx_error", "{}", join);
            Rig.eventually(() -> statuses.contains(SubscribeStatus.CHANNEL_ERROR));
            rig.pass(Duration.ofMillis(1200));
            Rig.eventually(() -> statuses.size() == 3);
            assertThat(statuses.get(2)).isEqualTo(SubscribeStatus.SUBSCRIBED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 247})
    void refusesATopicThatCannotBeSent(int length) throws Exception {
        try (var rig = new Rig()) {
            assertThatThrownBy(() -> rig.client.channel("x".repeat(length)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void cancellingTheWaitLeavesTheChannel() throws Exception {
        try (var rig = new Rig()) {
            rig.server.silent = true;
            Channel channel = rig.client.channel("c");
            CompletableFuture<Channel> joined = channel.subscribeAsync();
            rig.server.awaitSent("phx_join", 1);
            assertThat(joined.cancel(true)).isTrue();
            Rig.eventually(() -> channel.state() == ChannelState.CLOSED);
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
            rig.pass(Duration.ofSeconds(10));
            assertThat(left.get(5, TimeUnit.SECONDS)).isEqualTo(SendResult.TIMED_OUT);
        }
    }

    @Test
    void aListenerThatCameTooLateHearsNothing() throws Exception {
        try (var rig = new Rig()) {
            Channel old = rig.client.channel("c");
            assertThat(old.unsubscribe()).isEqualTo(SendResult.OK);
            Channel channel = rig.client.channel("c");
            var heard = new CopyOnWriteArrayList<SubscribeStatus>();
            assertThatThrownBy(() -> old.subscribe((status, error) -> heard.add(status)))
                    .hasMessageContaining("there is a newer channel c");
            assertThat(channel.unsubscribe()).isEqualTo(SendResult.OK);
            rig.join(old);
            assertThat(old.unsubscribe()).isEqualTo(SendResult.OK);
            assertThat(heard).isEmpty();
        }
    }
}
