package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class ContinuityTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final Continuity continuity = new Continuity();

    @Test
    void missesNothingFromBeforeTheStart() {
        continuity.begin(START);
        assertThat(continuity.gap(at(60), "r")).isEqualTo(new Gap(at(0), at(60), "r"));
    }

    @Test
    void isCompleteUntilALookWhosePlaceWasReached() {
        continuity.begin(START);
        continuity.looked(at(10), new Lsn(100));
        continuity.looked(at(15), new Lsn(200));
        continuity.reached(new Lsn(99));
        assertThat(continuity.gap(at(60), "r").from()).isEqualTo(at(0));

        continuity.looked(at(70), new Lsn(100));
        continuity.reached(new Lsn(100));
        assertThat(continuity.gap(at(80), "r").from()).isEqualTo(at(70));
    }

    @Test
    void isCompleteUntilTheLastTransaction() {
        continuity.committed(at(5));
        continuity.committed(at(3));
        assertThat(continuity.gap(at(60), "r").from()).isEqualTo(at(5));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
