package dev.hearth.replication;

import java.util.function.Consumer;

/// Says when the slot's lag crosses a threshold, and when what PostgreSQL keeps for it changes.
final class LagWatch {

    private final long warning;
    private final long alarm;
    private final Consumer<ReplicationEvent> events;

    private Degree degree = Degree.FINE;
    private String walStatus = "";

    private enum Degree {
        FINE,
        WARNED,
        ALARMED
    }

    LagWatch(long warning, long alarm, Consumer<ReplicationEvent> events) {
        this.warning = warning;
        this.alarm = alarm;
        this.events = events;
    }

    void looked(ServerFacts facts) {
        if (facts.slot().isEmpty()) {
            return;
        }
        String status = facts.slot().get().walStatus();
        long behind = facts.bytesBehind();
        events.accept(new ReplicationEvent.LagMeasured(facts.slotName(), behind, status));
        if (!status.equals(walStatus)) {
            // A slot that is reserved from the start is nothing to tell of.
            if (!walStatus.isEmpty() || !status.equals("reserved")) {
                events.accept(
                        new ReplicationEvent.WalStatusChanged(facts.slotName(), walStatus, status));
            }
            walStatus = status;
        }
        compare(facts.slotName(), behind);
    }

    private void compare(String slot, long behind) {
        if (behind >= alarm && degree != Degree.ALARMED) {
            degree = Degree.ALARMED;
            events.accept(new ReplicationEvent.Lagging(slot, behind, alarm, true));
        } else if (behind >= warning && degree == Degree.FINE) {
            degree = Degree.WARNED;
            events.accept(new ReplicationEvent.Lagging(slot, behind, warning, false));
        } else if (behind < warning / 2 && degree != Degree.FINE) {
            degree = Degree.FINE;
            events.accept(new ReplicationEvent.CaughtUp(slot, behind));
        }
    }
}
