package dev.hearth.replication;

import dev.hearth.observe.Event;
import dev.hearth.observe.Told;

/// What happens to the stream, for log and metrics: a fixed sentence and named fields. Holds
/// nothing of users' data.
public sealed interface ReplicationEvent extends Event {

    /// The stream is in force.
    record Following(String slot, Lsn from) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.info("Following the log").with("slot", slot).with("from", from);
        }
    }

    /// The stream cannot be followed for now, and why.
    record Waiting(ReplicationProblem problem) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.at(
                            problem instanceof ReplicationProblem.Unreachable
                                    ? Level.WARN
                                    : Level.ERROR,
                            "Waiting to follow the log")
                    .with("problem", problem.message())
                    .with("remedy", problem.remedy());
        }
    }

    /// A stream that was in force has ended.
    record Interrupted(String sqlState, String answer) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.warn("The stream was interrupted, it is opened again")
                    .with("sqlState", sqlState)
                    .with("answer", answer);
        }
    }

    /// Changes may have been missed.
    record Missed(Gap gap) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.warn("Changes may have been missed")
                    .with("from", gap.from())
                    .with("to", gap.to())
                    .with("reason", gap.reason());
        }
    }

    /// A slot was made.
    record SlotCreated(String slot) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.info("Created the replication slot").with("slot", slot);
        }
    }

    /// Making a slot waits for transactions that were open before it.
    record SlotCreationWaits(String slot, String pids) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.warn("Creating the replication slot waits for older transactions to end")
                    .with("slot", slot)
                    .with("pids", pids);
        }
    }

    /// A former life of ours held the slot in silence and was ended.
    record HolderEnded(String slot, int pid, String address) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.warn("Ended a dead client of this installation that held the slot")
                    .with("slot", slot)
                    .with("pid", pid)
                    .with("address", address);
        }
    }

    /// Nothing bounds what the slot may keep on disk.
    record SlotUnbounded(String slot) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.warn(
                            "max_slot_wal_keep_size is -1: the slot may fill PostgreSQL's disk"
                                    + " while nobody follows it; alter system set"
                                    + " max_slot_wal_keep_size = '10GB' bounds it")
                    .with("slot", slot);
        }
    }

    /// A look at the slot: for a gauge, quiet in the log.
    record LagMeasured(String slot, long bytesBehind, String walStatus)
            implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.debug("Looked at the slot")
                    .with("slot", slot)
                    .with("bytesBehind", bytesBehind)
                    .with("walStatus", walStatus);
        }
    }

    /// The lag went over a threshold.
    record Lagging(String slot, long bytesBehind, long threshold, boolean alarm)
            implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.at(alarm ? Level.ERROR : Level.WARN, "The slot lags behind the log")
                    .with("slot", slot)
                    .with("bytesBehind", bytesBehind)
                    .with("threshold", threshold);
        }
    }

    /// The lag is below half of the warning again.
    record CaughtUp(String slot, long bytesBehind) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.info("The slot has caught up")
                    .with("slot", slot)
                    .with("bytesBehind", bytesBehind);
        }
    }

    /// Too much piled up in the slot and did not become less: it was dropped, and a new one is
    /// made.
    record SlotGivenUp(String slot, long bytesBehind, long most) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.error(
                            "The slot was given up, since too much had piled up in it"
                                    + " (HEARTH_SLOT_MAX_LAG)")
                    .with("slot", slot)
                    .with("bytesBehind", bytesBehind)
                    .with("most", most);
        }
    }

    /// `wal_status` of the slot is another: reserved, extended, unreserved or lost.
    record WalStatusChanged(String slot, String before, String now) implements ReplicationEvent {
        @Override
        public Told told() {
            Level level =
                    switch (now) {
                        case "reserved", "extended" -> Level.INFO;
                        default -> Level.ERROR;
                    };
            return Told.at(level, "What PostgreSQL keeps for the slot has changed")
                    .with("slot", slot)
                    .with("before", before)
                    .with("now", now);
        }
    }

    /// A message of the stream could not be read and was left out.
    record MessageUnreadable(String reason) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.error("A message of the stream could not be read").with("reason", reason);
        }
    }

    /// The listener broke its contract.
    record ListenerFailed(Throwable failure) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.error("The receiver of changes failed")
                    .with("failure", failure.getClass().getName());
        }
    }

    /// At the stop, the last position could not be confirmed: the last seconds come again.
    record EndUnconfirmed(String sqlState) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.info(
                            "The last position could not be confirmed, the next start hears of it"
                                    + " again")
                    .with("sqlState", sqlState);
        }
    }

    /// The server stops; its slot does not.
    record SlotStays(String slot) implements ReplicationEvent {
        @Override
        public Told told() {
            return Told.info(
                            "The replication slot stays, and keeps the log for the next start; the"
                                    + " statement drops it")
                    .with("slot", slot)
                    .with("statement", dropStatement());
        }

        public String dropStatement() {
            return "select pg_drop_replication_slot(" + Quoted.literal(slot) + ");";
        }
    }
}
