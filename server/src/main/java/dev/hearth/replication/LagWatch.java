package dev.hearth.replication;

import java.util.function.Consumer;

/// Says when the slot's lag crosses a threshold, when what PostgreSQL keeps for it changes, and
/// when the lag is too large for too long.
final class LagWatch {

    private final LagLimits limits;
    private final Consumer<ReplicationEvent> events;

    private long least = Long.MAX_VALUE;
    private long leastNanos;

    private Degree degree = Degree.FINE;
    private String walStatus = "";

    private enum Degree {
        FINE,
        WARNED,
        ALARMED
    }

    LagWatch(LagLimits limits, Consumer<ReplicationEvent> events) {
        this.limits = limits;
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

    /// Whether the lag is above the most that is allowed and has not become less for the time that
    /// is allowed.
    ///
    /// @param nanos `System.nanoTime()` of the look
    boolean isHopeless(ServerFacts facts, long nanos) {
        long behind = facts.bytesBehind();
        if (limits.most().isEmpty() || behind <= limits.most().getAsLong()) {
            least = Long.MAX_VALUE;
            return false;
        }
        if (behind < least) {
            least = behind;
            leastNanos = nanos;
        }
        return nanos - leastNanos >= limits.patience().toNanos();
    }

    private void compare(String slot, long behind) {
        if (behind >= limits.alarm() && degree != Degree.ALARMED) {
            degree = Degree.ALARMED;
            events.accept(new ReplicationEvent.Lagging(slot, behind, limits.alarm(), true));
        } else if (behind >= limits.warning() && degree == Degree.FINE) {
            degree = Degree.WARNED;
            events.accept(new ReplicationEvent.Lagging(slot, behind, limits.warning(), false));
        } else if (behind < limits.warning() / 2 && degree != Degree.FINE) {
            degree = Degree.FINE;
            events.accept(new ReplicationEvent.CaughtUp(slot, behind));
        }
    }
}
