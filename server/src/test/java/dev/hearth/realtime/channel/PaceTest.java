package dev.hearth.realtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Time is counted in ticks of ten milliseconds, each of which bears 200 deliveries.
class PaceTest {

    private static final Duration TICK = Duration.ofMillis(10);
    private static final int CALM = Pace.CALM_PER_SECOND / 100;

    private final Pace pace = new Pace(TICK, 0);

    @Test
    void isCalmUpToTheRate() {
        assertThat(deliver(0, CALM)).isFalse();
    }

    @Test
    void isBusyAboveTheRate() {
        assertThat(deliver(0, CALM + 1)).isTrue();
    }

    @Test
    void staysBusyThroughTheTickAfter() {
        deliver(0, CALM + 1);

        assertThat(deliver(1, 1)).isTrue();
    }

    @Test
    void isCalmAgainAfterACalmTick() {
        deliver(0, CALM + 1);
        deliver(1, 1);

        assertThat(deliver(2, 1)).isFalse();
    }

    @Test
    void isCalmAgainAfterASilence() {
        deliver(0, CALM + 1);

        assertThat(deliver(3, 1)).isFalse();
    }

    /// @return whether the last delivery found it busy
    private boolean deliver(int tick, int deliveries) {
        boolean busy = false;
        for (int i = 0; i < deliveries; i++) {
            busy = pace.busyWithOneMore(tick * TICK.toNanos());
        }
        return busy;
    }
}
