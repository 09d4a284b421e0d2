package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Thousands of channels of one client.
class ManyChannelsTest {

    @Test
    void tenThousandChannelsJoinOverOneSocket() throws Exception {
        try (var rig = new Rig()) {
            var in = new AtomicInteger();
            for (int i = 0; i < 10_000; i++) {
                var unused =
                        rig.client.channel("c" + i).subscribeAsync().thenRun(in::incrementAndGet);
            }
            for (int round = 1; round <= 10_000 / Joins.BURST; round++) {
                int due = round * Joins.BURST;
                Rig.eventually(() -> in.get() == due);
                rig.pass(Joins.PAUSE);
            }
            assertThat(rig.client.getChannels()).hasSize(10_000);
            assertThat(rig.server.sockets).hasSize(1);
            assertThat(rig.errors).isEmpty();
        }
    }

    @Test
    void joinsGoAHundredAtATime() throws Exception {
        try (var rig = new Rig()) {
            for (int i = 0; i < 250; i++) {
                var unused = rig.client.channel("c" + i).subscribe();
            }
            for (int due : new int[] {100, 200, 250}) {
                rig.server.awaitSent("phx_join", due);
                rig.pass(Joins.PAUSE.minusMillis(1));
                assertThat(rig.server.sent("phx_join")).hasSize(due);
                rig.pass(Duration.ofMillis(1));
            }
        }
    }

    @Test
    void whoIsRefusedForTooManyJoinsIsInInTheEnd() throws Exception {
        try (var rig = new Rig()) {
            var tooMany = new AtomicInteger(3);
            rig.server.answers =
                    frame -> {
                        if (!FakeServer.event(frame).equals("phx_join")
                                || tooMany.getAndDecrement() <= 0) {
                            return Optional.empty();
                        }
                        rig.server.socket().send(refused(frame));
                        rig.server.cut();
                        return Optional.of("");
                    };
            var joined = rig.client.channel("c").subscribeAsync();
            for (int i = 1; i <= 3; i++) {
                rig.awaitEvent(ConnectionEvent.Reconnecting.class, i);
                rig.awaitError("server: c ClientJoinRateLimitReached");
                rig.pass(lastDelay(rig));
            }
            assertThat(joined.get(5, TimeUnit.SECONDS).state()).isEqualTo(ChannelState.JOINED);
        }
    }

    private static Duration lastDelay(Rig rig) {
        return rig.events.stream()
                .filter(ConnectionEvent.Reconnecting.class::isInstance)
                .map(event -> ((ConnectionEvent.Reconnecting) event).delay())
                .reduce(Duration.ZERO, (before, last) -> last);
    }

    private static String refused(JsonNode join) {
        return FakeServer.reply(
                join,
                "error",
                "{\"reason\":\"ClientJoinRateLimitReached: Too many joins per second\"}");
    }
}
