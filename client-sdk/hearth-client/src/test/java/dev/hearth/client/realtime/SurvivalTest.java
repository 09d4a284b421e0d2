package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.realtime.ConnectionEvent.Closed;
import dev.hearth.client.realtime.ConnectionEvent.Disconnected;
import dev.hearth.client.realtime.ConnectionEvent.Reconnected;
import dev.hearth.client.realtime.ConnectionEvent.Reconnecting;
import dev.hearth.client.realtime.ConnectionEvent.Resubscribed;
import dev.hearth.client.realtime.ConnectionEvent.TokenUpdated;

import mockwebserver3.MockResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// What outlives a socket, a token and a night.
class SurvivalTest {

    private static Channel listening(Rig rig, List<String> heard) {
        return rig.client
                .channel("c")
                .onBroadcast("*", b -> heard.add(b.event()))
                .onResync(() -> heard.add("resync"));
    }

    @Test
    void comesBackAfterTheSocketBrokeAndTracksAgain() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<String>();
            var statuses = new CopyOnWriteArrayList<SubscribeStatus>();
            Channel channel = listening(rig, heard);
            channel.subscribe((status, error) -> statuses.add(status));
            rig.join(channel);
            assertThat(channel.track(Map.of("who", "me"))).isEqualTo(SendResult.OK);
            rig.server.cut();
            rig.awaitEvent(Reconnecting.class, 1);
            assertThat(channel.state()).isEqualTo(ChannelState.ERRORED);
            rig.timers.pass(Duration.ofMillis(1200));
            rig.awaitEvent(Resubscribed.class, 1);
            Rig.eventually(() -> heard.contains("resync"));
            rig.server.awaitSent("presence", 2);
            rig.server.send("c", "broadcast", "{\"event\":\"after\",\"payload\":{}}");
            Rig.eventually(() -> heard.contains("after"));
            assertThat(heard).containsExactly("resync", "after");
            assertThat(statuses)
                    .containsExactly(
                            SubscribeStatus.SUBSCRIBED,
                            SubscribeStatus.CHANNEL_ERROR,
                            SubscribeStatus.SUBSCRIBED);
            assertThat(rig.client.stats().reconnects()).isEqualTo(1);
            assertThat(rig.events)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly(
                            "Connecting",
                            "Connected",
                            "Disconnected",
                            "Reconnecting",
                            "Reconnected",
                            "Resubscribed");
        }
    }

    @Test
    void withChangesItResyncsOnceTheyAreInForceAgain() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<String>();
            Channel channel =
                    listening(rig, heard)
                            .onPostgresChanges(
                                    PostgresEvent.ALL, f -> f.table("t"), Object.class, c -> {});
            rig.join(channel);
            rig.server.cut();
            rig.awaitEvent(Reconnecting.class, 1);
            rig.timers.pass(Duration.ofMillis(1200));
            rig.awaitEvent(Resubscribed.class, 1);
            rig.server.send("c", "broadcast", "{\"event\":\"before\",\"payload\":{}}");
            Rig.eventually(() -> heard.contains("before"));
            JsonNode join = rig.server.sent("phx_join").get(1);
            rig.server.send(
                    "c",
                    "system",
                    "{\"extension\":\"postgres_changes\",\"status\":\"ok\",\"message\":\"Subscribed"
                            + " to PostgreSQL\"}",
                    FakeServer.ref(join));
            Rig.eventually(() -> heard.contains("resync"));
            assertThat(heard).containsExactly("before", "resync");
        }
    }

    @Test
    void aServerThatSaysThatChangesAreMissingCausesAResync() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<String>();
            String join = rig.join(listening(rig, heard));
            rig.server.send(
                    "c",
                    "system",
                    "{\"extension\":\"postgres_changes\",\"status\":\"error\",\"message\":\"Changes"
                            + " may have been missed between a and b: c\"}",
                    join);
            Rig.eventually(() -> heard.contains("resync"));
        }
    }

    @Test
    void waitsForAServerThatIsStartedLater() throws Exception {
        try (var rig = new Rig()) {
            rig.server.refuses =
                    request -> Optional.of(new MockResponse.Builder().code(503).build());
            CompletableFuture<Channel> joined = rig.client.channel("c").subscribeAsync();
            rig.awaitEvent(Reconnecting.class, 1);
            rig.server.refuses = request -> Optional.empty();
            rig.timers.pass(Duration.ofMillis(1200));
            assertThat(joined.get(5, TimeUnit.SECONDS).state()).isEqualTo(ChannelState.JOINED);
        }
    }

    @Test
    void tellsThatNobodyListensAtTheAddress() throws Exception {
        try (var rig = new Rig()) {
            rig.server.http.close();
            rig.client.connect();
            rig.awaitEvent(Disconnected.class, 1);
            assertThat(((Disconnected) rig.events.get(1)).cause())
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("nothing listens at");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aWrongKeyIsToldAtOnce(int status) throws Exception {
        try (var rig = new Rig()) {
            rig.server.refuses =
                    request ->
                            Optional.of(
                                    new MockResponse.Builder()
                                            .code(status)
                                            .body("{\"error\":\"API key is missing\"}")
                                            .build());
            assertThatThrownBy(() -> rig.client.channel("c").subscribe(Duration.ofHours(1)))
                    .isInstanceOfSatisfying(
                            RealtimeException.class,
                            e -> {
                                assertThat(e.status()).hasValue(status);
                                assertThat(e).hasMessageContaining("API key is missing");
                                assertThat(e).hasMessageContaining("check the API key");
                                assertThat(e.code()).contains("SocketRefused");
                            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void whatPassesIsTriedAgainMoreAndMoreSeldom(int status) throws Exception {
        try (var rig = new Rig()) {
            rig.server.refuses =
                    request -> Optional.of(new MockResponse.Builder().code(status).build());
            Channel channel = rig.client.channel("c").subscribe();
            List<Long> usual = List.of(1000L, 2000L, 5000L, 10_000L, 10_000L);
            for (int i = 0; i < usual.size(); i++) {
                rig.awaitEvent(Reconnecting.class, i + 1);
                rig.timers.pass(Duration.ofSeconds(13));
            }
            List<Reconnecting> tries =
                    rig.events.stream()
                            .filter(Reconnecting.class::isInstance)
                            .map(Reconnecting.class::cast)
                            .toList();
            for (int i = 0; i < usual.size(); i++) {
                assertThat(tries.get(i).attempt()).isEqualTo(i + 1);
                assertThat(tries.get(i).delay().toMillis())
                        .isBetween(usual.get(i) * 8 / 10, usual.get(i) * 12 / 10);
            }
            assertThat(channel.state()).isEqualTo(ChannelState.ERRORED);
        }
    }

    @Test
    void givesUpAfterTheLimitAndBeginsAgainWhenAsked() throws Exception {
        try (var rig = new Rig("2.0.0", options -> options.maxReconnects(1))) {
            rig.server.refuses =
                    request -> Optional.of(new MockResponse.Builder().code(503).build());
            CompletableFuture<Channel> joined = rig.client.channel("c").subscribeAsync();
            rig.awaitEvent(Reconnecting.class, 1);
            rig.timers.pass(Duration.ofMillis(1200));
            rig.awaitEvent(Disconnected.class, 2);
            Rig.eventually(() -> rig.client.connectionState() == ConnectionState.CLOSED);
            assertThat(((Disconnected) rig.events.get(rig.events.size() - 1)).cause().code())
                    .contains("ReconnectLimit");
            rig.server.refuses = request -> Optional.empty();
            rig.client.connect();
            assertThat(joined.get(5, TimeUnit.SECONDS).state()).isEqualTo(ChannelState.JOINED);
        }
    }

    @Test
    void sendsHeartbeatsAndTellsTheirRoundTrip() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<HeartbeatStatus>();
            rig.client.onHeartbeat((status, roundTrip) -> heard.add(status));
            rig.join(rig.client.channel("c"));
            rig.timers.pass(Duration.ofSeconds(25));
            assertThat(FakeServer.topic(rig.server.awaitSent("heartbeat", 1))).isEqualTo("phoenix");
            Rig.eventually(() -> heard.size() == 2);
            rig.timers.pass(Duration.ofSeconds(25));
            Rig.eventually(() -> heard.size() == 4);
            assertThat(heard)
                    .containsExactly(
                            HeartbeatStatus.SENT,
                            HeartbeatStatus.OK,
                            HeartbeatStatus.SENT,
                            HeartbeatStatus.OK);
            assertThat(rig.client.stats().lastRoundTrip()).isPresent();
        }
    }

    @Test
    void aHeartbeatWithoutAnswerGivesTheSocketUp() throws Exception {
        try (var rig = new Rig()) {
            rig.join(rig.client.channel("c"));
            rig.server.silent = true;
            rig.timers.pass(Duration.ofSeconds(25));
            rig.server.awaitSent("heartbeat", 1);
            rig.timers.pass(Duration.ofSeconds(25));
            rig.awaitEvent(Disconnected.class, 1);
            assertThat(
                            rig.events.stream()
                                    .filter(Disconnected.class::isInstance)
                                    .map(event -> ((Disconnected) event).cause().code().get()))
                    .containsExactly("HeartbeatLost");
        }
    }

    @Test
    void aMachineThatSleptOpensTheSocketAnewWithAFreshToken() throws Exception {
        try (var rig = new Rig()) {
            rig.join(rig.client.channel("c"));
            rig.token = "token-2";
            rig.timers.sleep(Duration.ofHours(8));
            rig.timers.pass(Duration.ofSeconds(5));
            rig.awaitEvent(Resubscribed.class, 1);
            assertThat(rig.events)
                    .extracting(event -> event.getClass().getSimpleName())
                    .contains("Disconnected", "Reconnecting", "Reconnected");
            JsonNode join = rig.server.sent("phx_join").get(1);
            assertThat(FakeServer.payload(join).path("access_token").asText()).isEqualTo("token-2");
        }
    }

    @Test
    void anotherTokenIsToldToEveryChannelThatIsIn() throws Exception {
        try (var rig = new Rig()) {
            String join = rig.join(rig.client.channel("c"));
            rig.client.setAuth("token-2");
            JsonNode told = rig.server.awaitSent("access_token", 1);
            assertThat(FakeServer.payload(told).path("access_token").asText()).isEqualTo("token-2");
            assertThat(FakeServer.joinRef(told)).isEqualTo(join);
            rig.awaitEvent(TokenUpdated.class, 1);
            rig.client.setAuth("token-2");
            assertThat(rig.client.channel("c").send("e", 1)).isEqualTo(SendResult.OK);
            assertThat(rig.server.sent("access_token")).hasSize(1);
        }
    }

    @Test
    void aTokenThatRanOutIsRefreshedAndTheChannelJoinedAgain() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<String>();
            Channel channel = listening(rig, heard);
            String join = rig.join(channel);
            rig.token = "token-2";
            rig.server.send(
                    "c",
                    "system",
                    "{\"extension\":\"system\",\"status\":\"error\",\"message\":\"Token has expired"
                            + " 1 seconds ago\"}",
                    join);
            rig.server.send("c", "phx_close", "{}", join);
            rig.awaitError("token: c Token has expired");
            Rig.eventually(() -> channel.state() == ChannelState.ERRORED);
            rig.timers.pass(Duration.ofMillis(1200));
            JsonNode again = rig.server.awaitSent("phx_join", 2);
            assertThat(FakeServer.payload(again).path("access_token").asText())
                    .isEqualTo("token-2");
            Rig.eventually(() -> heard.contains("resync"));
        }
    }

    @Test
    void withoutATokenItTriesAgain() throws Exception {
        try (var rig = new Rig()) {
            rig.noToken = new TransportException("auth is away", null, null, true);
            CompletableFuture<Channel> joined = rig.client.channel("c").subscribeAsync();
            rig.awaitError("token:  auth is away");
            Rig.eventually(() -> rig.client.connectionState() == ConnectionState.OPEN);
            Rig.eventually(() -> rig.client.channel("c").state() == ChannelState.ERRORED);
            rig.noToken = null;
            rig.timers.pass(Duration.ofMillis(1200));
            joined.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void closesTheSocketSomeTimeAfterTheLastChannel() throws Exception {
        try (var rig =
                new Rig(
                        "2.0.0",
                        options -> options.disconnectOnEmptyChannelsAfter(Duration.ofSeconds(3)))) {
            Channel channel = rig.client.channel("c");
            rig.join(channel);
            assertThat(channel.unsubscribe()).isEqualTo(SendResult.OK);
            rig.timers.pass(Duration.ofSeconds(2));
            assertThat(rig.client.connectionState()).isEqualTo(ConnectionState.OPEN);
            rig.timers.pass(Duration.ofSeconds(2));
            rig.awaitEvent(Closed.class, 1);
            rig.join(rig.client.channel("d"));
            assertThat(rig.server.sockets).hasSize(2);
        }
    }

    @Test
    void aChannelInTimeKeepsTheSocket() throws Exception {
        try (var rig = new Rig()) {
            Channel channel = rig.client.channel("c");
            rig.join(channel);
            assertThat(channel.unsubscribe()).isEqualTo(SendResult.OK);
            rig.join(rig.client.channel("d"));
            rig.timers.pass(Duration.ofSeconds(60));
            assertThat(rig.client.connectionState()).isEqualTo(ConnectionState.OPEN);
            assertThat(rig.server.sockets).hasSize(1);
        }
    }

    @Test
    void disconnectedByHandItJoinsAgainWithTheNextSocket() throws Exception {
        try (var rig = new Rig()) {
            Channel channel = rig.client.channel("c");
            rig.join(channel);
            rig.client.disconnect();
            rig.awaitEvent(Closed.class, 1);
            assertThat(channel.state()).isEqualTo(ChannelState.ERRORED);
            rig.client.connect();
            rig.awaitEvent(Resubscribed.class, 1);
            assertThat(rig.events).noneMatch(Reconnected.class::isInstance);
        }
    }

    @Test
    void removesAllChannelsAndTheSocket() throws Exception {
        try (var rig = new Rig()) {
            rig.join(rig.client.channel("a"));
            rig.join(rig.client.channel("b"));
            assertThat(rig.client.removeAllChannels())
                    .containsExactly(SendResult.OK, SendResult.OK);
            assertThat(rig.client.connectionState()).isEqualTo(ConnectionState.CLOSED);
            assertThat(rig.client.getChannels()).isEmpty();
        }
    }

    @Test
    void closesInEveryState() throws Exception {
        for (int stage = 0; stage < 6; stage++) {
            try (var rig = new Rig()) {
                Channel channel = rig.client.channel("c");
                var statuses = new CopyOnWriteArrayList<SubscribeStatus>();
                bring(rig, channel, stage, statuses);
                CompletableFuture<Channel> waiting = stage == 0 ? null : channel.subscribeAsync();
                boolean in = channel.state() == ChannelState.JOINED;
                rig.client.close();
                assertThat(rig.client.connectionState()).isEqualTo(ConnectionState.CLOSED);
                assertThat(channel.state()).isEqualTo(ChannelState.CLOSED);
                if (waiting != null && !in) {
                    assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
                            .hasCauseInstanceOf(ClientClosedException.class);
                }
                assertThatThrownBy(() -> rig.client.channel("d"))
                        .isInstanceOf(ClientClosedException.class);
                assertThatThrownBy(channel::subscribe).isInstanceOf(ClientClosedException.class);
                assertThatThrownBy(() -> channel.send("e", 1))
                        .isInstanceOf(ClientClosedException.class);
                assertThatThrownBy(() -> channel.track(Map.of()))
                        .isInstanceOf(ClientClosedException.class);
                assertThatThrownBy(() -> channel.httpSend("e", 1))
                        .isInstanceOf(ClientClosedException.class);
                assertThatThrownBy(rig.client::connect).isInstanceOf(ClientClosedException.class);
                assertThatThrownBy(() -> rig.client.setAuth("x"))
                        .isInstanceOf(ClientClosedException.class);
                assertThat(channel.unsubscribe()).isEqualTo(SendResult.OK);
                rig.client.close();
            }
        }
    }

    /// 0 fresh, 1 opening, 2 joining, 3 in, 4 waiting to open again, 5 leaving.
    private static void bring(Rig rig, Channel channel, int stage, List<SubscribeStatus> statuses) {
        if (stage == 0) {
            return;
        }
        if (stage == 1 || stage == 4) {
            rig.server.refuses =
                    request ->
                            Optional.of(
                                    new MockResponse.Builder()
                                            .code(503)
                                            .headersDelay(stage == 1 ? 3 : 0, TimeUnit.SECONDS)
                                            .build());
        }
        rig.server.silent = stage == 2;
        channel.subscribe((status, error) -> statuses.add(status));
        if (stage == 2) {
            rig.server.awaitSent("phx_join", 1);
        } else if (stage == 3 || stage == 5) {
            Rig.eventually(() -> channel.state() == ChannelState.JOINED);
        } else if (stage == 4) {
            rig.awaitEvent(Reconnecting.class, 1);
        }
        if (stage == 5) {
            rig.server.silent = true;
            var unused = channel.unsubscribeAsync();
        }
    }

    @Test
    void aSocketThatNeverOpensIsGivenUp() throws Exception {
        try (var rig = new Rig()) {
            rig.server.refuses =
                    request ->
                            Optional.of(
                                    new MockResponse.Builder()
                                            .code(503)
                                            .headersDelay(3, TimeUnit.SECONDS)
                                            .build());
            rig.client.connect();
            Rig.eventually(() -> rig.server.requests.size() == 1);
            rig.timers.pass(Duration.ofSeconds(10));
            rig.awaitEvent(Disconnected.class, 1);
            assertThat(((Disconnected) rig.events.get(1)).cause().code()).contains("SocketTimeout");
        }
    }
}
