package dev.hearth.realtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Two a second on average over ten seconds.
class RateTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Rate rate = new Rate(2, 0);

    @Test
    void grantsTenSecondsWorthAtOnceAndNoMore() {
        for (int i = 0; i < 20; i++) {
            assertThat(rate.take(0)).isTrue();
        }

        assertThat(rate.take(0)).isFalse();
    }

    @Test
    void grantsAsManyAsDrainMeanwhile() {
        assertThat(rate.take(20, 0)).isTrue();

        assertThat(rate.take(2, SECOND)).isTrue();
        assertThat(rate.take(SECOND)).isFalse();
    }

    @Test
    void whatIsRefusedIsNotCounted() {
        assertThat(rate.take(21, 0)).isFalse();

        assertThat(rate.take(20, 0)).isTrue();
    }

    @Test
    void isExhaustedOnlyWhenNotOneMoreWouldBeGranted() {
        rate.take(19, 0);
        assertThat(rate.isExhausted(0)).isFalse();

        rate.take(0);
        assertThat(rate.isExhausted(0)).isTrue();
        assertThat(rate.isExhausted(SECOND)).isFalse();
    }

    @Test
    void savesNothingUpWhileItIsQuiet() {
        assertThat(rate.take(20, 100 * SECOND)).isTrue();
        assertThat(rate.take(100 * SECOND)).isFalse();
    }

    @Test
    void tellsTheAverageRoundedUp() {
        rate.take(11, 0);

        assertThat(rate.average(0)).isEqualTo(2);
    }
}
