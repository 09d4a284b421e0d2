package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.realtime.ConnectionEvent.Disconnected;
import dev.hearth.client.realtime.ConnectionEvent.Resubscribed;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;

/// Whether the socket still lives, and a machine that slept.
class HeartbeatTest {

    @Test
    void sendsHeartbeatsAndTellsTheirRoundTrip() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<HeartbeatStatus>();
            rig.client.onHeartbeat((status, roundTrip) -> heard.add(status));
            rig.join(rig.client.channel("c"));
            rig.pass(Duration.ofSeconds(25));
            assertThat(FakeServer.topic(rig.server.awaitSent("heartbeat", 1))).isEqualTo("phoenix");
            Rig.eventually(() -> heard.size() == 2);
            rig.pass(Duration.ofSeconds(25));
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
            rig.pass(Duration.ofSeconds(25));
            rig.server.awaitSent("heartbeat", 1);
            rig.pass(Duration.ofSeconds(25));
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
            rig.pass(Duration.ofSeconds(5));
            rig.awaitEvent(Resubscribed.class, 1);
            assertThat(rig.events)
                    .extracting(event -> event.getClass().getSimpleName())
                    .contains("Disconnected", "Reconnecting", "Reconnected");
            JsonNode join = rig.server.sent("phx_join").get(1);
            assertThat(FakeServer.payload(join).path("access_token").asText()).isEqualTo("token-2");
        }
    }
}
