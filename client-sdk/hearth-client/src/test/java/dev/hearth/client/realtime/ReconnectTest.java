package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.TransportException;
import dev.hearth.client.realtime.ConnectionEvent.Closed;
import dev.hearth.client.realtime.ConnectionEvent.Disconnected;
import dev.hearth.client.realtime.ConnectionEvent.Reconnected;
import dev.hearth.client.realtime.ConnectionEvent.Reconnecting;
import dev.hearth.client.realtime.ConnectionEvent.Resubscribed;

import mockwebserver3.MockResponse;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// What outlives a socket.
class ReconnectTest {

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
            rig.pass(Duration.ofMillis(1200));
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
            rig.pass(Duration.ofMillis(1200));
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
            rig.pass(Duration.ofMillis(1200));
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

    @Test
    void givesUpAfterTheLimitAndBeginsAgainWhenAsked() throws Exception {
        try (var rig = new Rig("2.0.0", options -> options.maxReconnects(1))) {
            rig.server.refuses =
                    request -> Optional.of(new MockResponse.Builder().code(503).build());
            CompletableFuture<Channel> waited = rig.client.channel("w").subscribeAsync();
            Channel channel = rig.client.channel("c").subscribe();
            rig.awaitEvent(Reconnecting.class, 1);
            rig.pass(Duration.ofMillis(1200));
            rig.awaitEvent(Disconnected.class, 2);
            assertThatThrownBy(() -> waited.get(5, TimeUnit.SECONDS))
                    .hasMessageContaining("connect() begins again");
            Rig.eventually(() -> rig.client.connectionState() == ConnectionState.CLOSED);
            assertThat(((Disconnected) rig.events.get(rig.events.size() - 1)).cause().code())
                    .contains("ReconnectLimit");
            rig.server.refuses = request -> Optional.empty();
            rig.client.connect();
            Rig.eventually(() -> channel.state() == ChannelState.JOINED);
            assertThat(kinds(rig))
                    .containsExactly(
                            "Connecting",
                            "Disconnected",
                            "Reconnecting",
                            "Disconnected",
                            "Connecting",
                            "Connected");
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
            rig.pass(Duration.ofSeconds(10));
            rig.awaitEvent(Disconnected.class, 1);
            assertThat(((Disconnected) rig.events.get(1)).cause().code()).contains("SocketTimeout");
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
    void aLadderThatThrowsIsReplacedByOurs() {
        var broken =
                new Ladder(
                        tries -> {
                            throw new IllegalStateException("mine");
                        });
        assertThat(broken.delay(1, 0.5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(new Ladder(tries -> Duration.ofSeconds(-1)).delay(2, 0.5))
                .isEqualTo(Duration.ofSeconds(2));
    }

    private static List<String> kinds(Rig rig) {
        return rig.events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    @Test
    void whatWasClosedByHandIsConnectedAndNotReconnected() throws Exception {
        try (var rig = new Rig()) {
            rig.client.connect();
            rig.awaitEvent(ConnectionEvent.Connected.class, 1);
            rig.client.disconnect();
            rig.client.connect();
            rig.awaitEvent(ConnectionEvent.Connected.class, 2);
            assertThat(kinds(rig))
                    .containsExactly(
                            "Connecting", "Connected", "Closed", "Connecting", "Connected");
            assertThat(rig.client.stats().reconnects()).isZero();
        }
    }

    @Test
    void aFirstSocketThatNeededTwoTriesIsConnected() throws Exception {
        try (var rig = new Rig()) {
            rig.server.refuses =
                    request -> Optional.of(new MockResponse.Builder().code(503).build());
            rig.client.connect();
            rig.awaitEvent(Reconnecting.class, 1);
            rig.server.refuses = request -> Optional.empty();
            rig.pass(Duration.ofMillis(1200));
            rig.awaitEvent(ConnectionEvent.Connected.class, 1);
            assertThat(kinds(rig))
                    .containsExactly("Connecting", "Disconnected", "Reconnecting", "Connected");
        }
    }

    @Test
    void aPauseIsEndedByHand() throws Exception {
        try (var rig = new Rig()) {
            rig.server.refuses =
                    request -> Optional.of(new MockResponse.Builder().code(401).build());
            rig.client.connect();
            rig.awaitEvent(Reconnecting.class, 1);
            rig.server.refuses = request -> Optional.empty();
            rig.client.disconnect();
            rig.client.connect();
            rig.awaitEvent(ConnectionEvent.Connected.class, 1);
        }
    }

    @Test
    void aConnectionThatIsTornIsOpenedAgain() throws Exception {
        try (var rig = new Rig()) {
            rig.join(rig.client.channel("c"));
            rig.server.tear();
            rig.awaitEvent(Reconnecting.class, 1);
            assertThat(((Disconnected) rig.events.get(2)).cause())
                    .isInstanceOf(TransportException.class);
            rig.pass(Duration.ofMillis(1200));
            rig.awaitEvent(Resubscribed.class, 1);
        }
    }
}
