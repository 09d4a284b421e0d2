package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class LagWatchTest {
    private final List<ReplicationEvent> events = new ArrayList<>();
    private final LagWatch watch =
            new LagWatch(
                    new LagLimits(
                            Duration.ofSeconds(5),
                            100,
                            300,
                            OptionalLong.of(1_000),
                            Duration.ofSeconds(60)),
                    this::keep);

    private void keep(ReplicationEvent event) {
        if (!(event instanceof ReplicationEvent.LagMeasured)) {
            events.add(event);
        }
    }

    @Test
    void warnsOnceAtEachThreshold() {
        look(99);
        assertThat(events).isEmpty();
        look(100);
        look(200);
        look(300);
        look(400);
        assertThat(events)
                .containsExactly(
                        new ReplicationEvent.Lagging("s", 100, 100, false),
                        new ReplicationEvent.Lagging("s", 300, 300, true));
    }

    @Test
    void saysWhenItHasCaughtUp() {
        look(150);
        look(60);
        look(49);
        look(150);
        assertThat(events)
                .containsExactly(
                        new ReplicationEvent.Lagging("s", 150, 100, false),
                        new ReplicationEvent.CaughtUp("s", 49),
                        new ReplicationEvent.Lagging("s", 150, 100, false));
    }

    @Test
    void saysWhenPostgresKeepsLess() {
        look(0, "reserved");
        look(0, "unreserved");
        assertThat(events)
                .containsExactly(
                        new ReplicationEvent.WalStatusChanged("s", "reserved", "unreserved"));
    }

    @Test
    void givesUpOnceTheLagIsTooLargeAndDoesNotShrinkForTheTimeThatIsAllowed() {
        assertThat(hopeless(1_001, 0)).isFalse();
        assertThat(hopeless(1_500, 59)).isFalse();
        assertThat(hopeless(1_500, 60)).isTrue();
    }

    @Test
    void leavesABacklogAloneThatIsWorkedOff() {
        assertThat(hopeless(5_000, 0)).isFalse();
        assertThat(hopeless(4_000, 50)).isFalse();
        assertThat(hopeless(3_000, 100)).isFalse();
        assertThat(hopeless(3_000, 159)).isFalse();
        assertThat(hopeless(3_000, 160)).isTrue();
    }

    @Test
    void beginsAnewWhenTheLagWasSmallMeanwhile() {
        assertThat(hopeless(1_500, 0)).isFalse();
        assertThat(hopeless(1_000, 30)).isFalse();
        assertThat(hopeless(1_500, 70)).isFalse();
        assertThat(hopeless(1_500, 130)).isTrue();
    }

    @Test
    void neverGivesUpWithoutALimit() {
        var unlimited = new LagWatch(LagLimits.usual().withMost(0), this::keep);
        assertThat(unlimited.isHopeless(facts(Long.MAX_VALUE / 2, "reserved"), 0)).isFalse();
        assertThat(unlimited.isHopeless(facts(Long.MAX_VALUE / 2, "reserved"), Long.MAX_VALUE))
                .isFalse();
    }

    private boolean hopeless(long behind, int seconds) {
        return watch.isHopeless(facts(behind, "reserved"), Duration.ofSeconds(seconds).toNanos());
    }

    private void look(long behind) {
        look(behind, "reserved");
    }

    private void look(long behind, String walStatus) {
        watch.looked(facts(behind, walStatus));
    }

    private static ServerFacts facts(long behind, String walStatus) {
        return new ServerFacts(
                Instant.EPOCH,
                Instant.EPOCH,
                "app",
                "owner",
                "logical",
                false,
                10,
                new Lsn(1_000 + behind),
                new TransactionId(1),
                true,
                "s",
                Optional.of(
                        new ServerFacts.Slot(
                                "pgoutput", "app", walStatus, new Lsn(1_000), Optional.empty())));
    }
}
