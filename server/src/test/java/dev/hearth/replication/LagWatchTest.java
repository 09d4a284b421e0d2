package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class LagWatchTest {
    private final List<ReplicationEvent> events = new ArrayList<>();
    private final LagWatch watch = new LagWatch(100, 300, this::keep);

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

    private void look(long behind) {
        look(behind, "reserved");
    }

    private void look(long behind, String walStatus) {
        watch.looked(
                new ServerFacts(
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
                                        "pgoutput",
                                        "app",
                                        walStatus,
                                        new Lsn(1_000),
                                        Optional.empty()))));
    }
}
