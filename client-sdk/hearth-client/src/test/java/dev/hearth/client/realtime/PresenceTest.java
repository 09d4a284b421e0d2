package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.internal.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Who is there, as a program tells and hears it.
class PresenceTest {

    record Typing(String who) {}

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

    private static String diff(String joins, String leaves) {
        return "{\"joins\":{" + joins + "},\"leaves\":{" + leaves + "}}";
    }

    private static String meta(String key) {
        return "\""
                + key
                + "\":{\"metas\":[{\"phx_ref\":\"r-"
                + key
                + "\",\"who\":\""
                + key
                + "\"}]}";
    }

    /// The program, not the reader, is slow: all has come before the first handler goes on.
    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void presenceAndBroadcastsAreHeardInTheOrderOfTheServer(String version) throws Exception {
        try (var rig = new Rig(version, options -> {})) {
            var gate = new CountDownLatch(1);
            var heard = new CopyOnWriteArrayList<String>();
            Channel channel = rig.client.channel("c");
            channel.onPresence(PresenceEvent.SYNC, () -> passed(gate))
                    .onPresence(
                            PresenceEvent.JOIN,
                            Typing.class,
                            (key, before, joined) ->
                                    heard.add("join " + key + " of " + keys(channel)))
                    .onPresence(
                            PresenceEvent.LEAVE,
                            Typing.class,
                            (key, rest, left) -> heard.add("leave " + key + " of " + keys(channel)))
                    .onBroadcast("*", b -> heard.add(b.event()));
            String join = rig.join(channel);
            rig.server.send("c", "presence_state", "{}", join);
            rig.server.send("c", "presence_diff", diff(meta("a"), ""));
            broadcast(rig, "after a");
            rig.server.send("c", "presence_diff", diff(meta("b"), meta("a")));
            broadcast(rig, "after b");
            rig.server.send("c", "presence_diff", diff("", meta("b")));
            broadcast(rig, "end");
            Rig.eventually(() -> keys(channel).isEmpty() && rig.client.stats().queued() >= 9);
            gate.countDown();
            Rig.eventually(() -> heard.contains("end"));
            assertThat(heard)
                    .containsExactly(
                            "join a of [a]",
                            "after a",
                            "join b of [b]",
                            "leave a of [b]",
                            "after b",
                            "leave b of []",
                            "end");
        }
    }

    private static void broadcast(Rig rig, String name) {
        rig.server.send("c", "broadcast", "{\"event\":\"" + name + "\",\"payload\":{}}");
    }

    private static List<String> keys(Channel channel) {
        return List.copyOf(channel.presenceState(Typing.class).keySet());
    }

    private static void passed(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aSyncHasNobodyToTellOf() throws Exception {
        try (var rig = new Rig()) {
            Channel channel = rig.client.channel("c");
            assertThatThrownBy(
                            () ->
                                    channel.onPresence(
                                            PresenceEvent.SYNC,
                                            Typing.class,
                                            (key, current, changed) -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("presenceState");
        }
    }
}
