package dev.hearth.client.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class ManualTimersTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualTimers time = new ManualTimers(NOON);
    private final List<String> rung = new ArrayList<>();

    @Test
    void standsStillUntilItIsMoved() {
        var alarm = time.after(Duration.ofMillis(1), () -> rung.add("early"));

        assertThat(time.now()).isEqualTo(NOON);
        assertThat(rung).isEmpty();
        alarm.cancel();
    }

    @Test
    void ringsInOrderAtTheTimeThatWasSet() {
        set(2, "second");
        set(1, "first");
        set(9, "later");

        time.pass(Duration.ofSeconds(5));

        assertThat(rung).containsExactly("first at 1", "second at 2");
        assertThat(time.nanos()).isEqualTo(5_000_000_000L);
        assertThat(time.now()).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void ringsWhatARingSetIfThatFallsDueToo() {
        var unused = time.after(Duration.ofSeconds(1), () -> set(2, "follower"));

        time.pass(Duration.ofSeconds(4));

        assertThat(rung).containsExactly("follower at 3");
    }

    @Test
    void doesNotRingWhatWasCancelled() {
        time.after(Duration.ofSeconds(1), () -> rung.add("cancelled")).cancel();

        assertThat(time.passToNext()).isFalse();
        assertThat(time.alarms()).isZero();
    }

    @Test
    void goesToTheNextAlarm() {
        set(7, "next");

        assertThat(time.untilNext()).contains(Duration.ofSeconds(7));
        assertThat(time.passToNext()).isTrue();
        assertThat(rung).containsExactly("next at 7");
    }

    @Test
    void theClockOnTheWallJumpsWithoutRinging() {
        set(1, "due");

        time.setWall(NOON.plusSeconds(3600));

        assertThat(rung).isEmpty();
        assertThat(time.nanos()).isZero();
    }

    @Test
    void ringsNoMoreOnceClosed() {
        set(1, "before");
        time.close();
        set(1, "after");

        time.pass(Duration.ofSeconds(2));

        assertThat(rung).isEmpty();
    }

    @Test
    void refusesToGoBack() {
        assertThatThrownBy(() -> time.pass(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("setWall");
    }

    private void set(int seconds, String name) {
        var unused =
                time.after(
                        Duration.ofSeconds(seconds),
                        () -> rung.add(name + " at " + time.nanos() / 1_000_000_000));
    }
}
