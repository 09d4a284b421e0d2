package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.RealtimeException;

import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Broadcasts in and out, by socket and by HTTP.
class BroadcastTest {

    record Typing(String who) {}

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
            rig.pass(Duration.ofSeconds(10));
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
    void whatWaitedForAnAnswerHearsThatTheSocketBroke() throws Exception {
        try (var rig = new Rig("1.0.0", options -> {})) {
            Channel channel =
                    rig.client.channel(
                            "c", ChannelOptions.builder().broadcast(b -> b.ack(true)).build());
            rig.join(channel);
            rig.server.silent = true;
            CompletableFuture<SendResult> sent = channel.sendAsync("e", 1);
            rig.server.awaitSent("broadcast", 1);
            rig.server.cut();
            assertThat(sent.get(5, TimeUnit.SECONDS)).isEqualTo(SendResult.ERROR);
        }
    }

    @Test
    void whatHangsOnAFutureDoesNotHoldTheReaderUp() throws Exception {
        try (var rig = new Rig("1.0.0", options -> {})) {
            var gate = new CountDownLatch(1);
            var options = ChannelOptions.builder().broadcast(b -> b.ack(true)).build();
            Channel channel = rig.client.channel("c", options);
            rig.join(channel);
            rig.server.silent = true;
            CompletableFuture<Void> after =
                    channel.sendAsync("e", 1)
                            .thenAccept(
                                    result -> {
                                        try {
                                            gate.await();
                                        } catch (InterruptedException e) {
                                            Thread.currentThread().interrupt();
                                        }
                                    });
            JsonNode sent = rig.server.awaitSent("broadcast", 1);
            rig.server.silent = false;
            rig.server.socket().send(FakeServer.reply(sent, "ok", "{}"));
            assertThat(channel.send("e", 2)).isEqualTo(SendResult.OK);
            assertThat(after).isNotDone();
            gate.countDown();
        }
    }

    @Test
    void aMessageThatFindsNoRoomOnTheSocketIsRefusedAndTheSocketLives() throws Exception {
        try (var rig = new Rig()) {
            Channel channel = rig.client.channel("c");
            rig.join(channel);
            assertThatThrownBy(() -> channel.send("e", new byte[(int) Loop.OUTBOX_BYTES + 1]))
                    .isInstanceOfSatisfying(
                            RealtimeException.class,
                            e -> assertThat(e.code()).contains("OutboxFull"));
            assertThat(channel.send("e", 1)).isEqualTo(SendResult.OK);
            assertThat(rig.server.sockets).hasSize(1);
        }
    }
}
