package dev.hearth.replication;

import dev.hearth.observe.Event;

import java.util.LinkedHashMap;
import java.util.Map;

/// What happens to the stream, for log and metrics: a fixed sentence and named fields. Holds
/// nothing of users' data.
public sealed interface ReplicationEvent extends Event {

    private static Map<String, ?> fields(Object... namesAndValues) {
        var fields = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    /// The stream is in force.
    record Following(String slot, Lsn from) implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.INFO;
        }

        @Override
        public String sentence() {
            return "Following the log";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields("slot", slot, "from", from);
        }
    }

    /// The stream cannot be followed for now, and why.
    record Waiting(ReplicationProblem problem) implements ReplicationEvent {
        @Override
        public Level level() {
            return problem instanceof ReplicationProblem.Unreachable ? Level.WARN : Level.ERROR;
        }

        @Override
        public String sentence() {
            return "Waiting to follow the log";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields(
                    "problem", problem.message(), "remedy", problem.remedy());
        }
    }

    /// A stream that was in force has ended.
    record Interrupted(String sqlState, String answer) implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "The stream was interrupted, it is opened again";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields("sqlState", sqlState, "answer", answer);
        }
    }

    /// Changes may have been missed.
    record Missed(Gap gap) implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "Changes may have been missed";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields(
                    "from", gap.from(), "to", gap.to(), "reason", gap.reason());
        }
    }

    /// A slot was made.
    record SlotCreated(String slot) implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.INFO;
        }

        @Override
        public String sentence() {
            return "Created the replication slot";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields("slot", slot);
        }
    }

    /// Making a slot waits for transactions that were open before it.
    record SlotCreationWaits(String slot, String pids) implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "Creating the replication slot waits for older transactions to end";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields("slot", slot, "pids", pids);
        }
    }

    /// A former life of ours held the slot in silence and was ended.
    record HolderEnded(String slot, int pid, String address) implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "Ended a dead client of this installation that held the slot";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields("slot", slot, "pid", pid, "address", address);
        }
    }

    /// Nothing bounds what the slot may keep on disk.
    record SlotUnbounded(String slot) implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "max_slot_wal_keep_size is -1: the slot may fill PostgreSQL's disk while nobody"
                    + " follows it; alter system set max_slot_wal_keep_size = '10GB' bounds it";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields("slot", slot);
        }
    }

    /// A look at the slot: for a gauge, quiet in the log.
    record LagMeasured(String slot, long bytesBehind, String walStatus)
            implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.DEBUG;
        }

        @Override
        public String sentence() {
            return "Looked at the slot";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields(
                    "slot", slot, "bytesBehind", bytesBehind, "walStatus", walStatus);
        }
    }

    /// The lag went over a threshold.
    record Lagging(String slot, long bytesBehind, long threshold, boolean alarm)
            implements ReplicationEvent {
        @Override
        public Level level() {
            return alarm ? Level.ERROR : Level.WARN;
        }

        @Override
        public String sentence() {
            return "The slot lags behind the log";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields(
                    "slot", slot, "bytesBehind", bytesBehind, "threshold", threshold);
        }
    }

    /// The lag is below half of the warning again.
    record CaughtUp(String slot, long bytesBehind) implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.INFO;
        }

        @Override
        public String sentence() {
            return "The slot has caught up";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields("slot", slot, "bytesBehind", bytesBehind);
        }
    }

    /// Too much piled up in the slot and did not become less: it was dropped, and a new one is
    /// made.
    record SlotGivenUp(String slot, long bytesBehind, long most) implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.ERROR;
        }

        @Override
        public String sentence() {
            return "The slot was given up, since too much had piled up in it (HEARTH_SLOT_MAX_LAG)";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields("slot", slot, "bytesBehind", bytesBehind, "most", most);
        }
    }

    /// `wal_status` of the slot is another: reserved, extended, unreserved or lost.
    record WalStatusChanged(String slot, String before, String now) implements ReplicationEvent {
        @Override
        public Level level() {
            return switch (now) {
                case "reserved", "extended" -> Level.INFO;
                default -> Level.ERROR;
            };
        }

        @Override
        public String sentence() {
            return "What PostgreSQL keeps for the slot has changed";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields("slot", slot, "before", before, "now", now);
        }
    }

    /// A message of the stream could not be read and was left out.
    record MessageUnreadable(String reason) implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.ERROR;
        }

        @Override
        public String sentence() {
            return "A message of the stream could not be read";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields("reason", reason);
        }
    }

    /// The listener broke its contract.
    record ListenerFailed(Throwable failure) implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.ERROR;
        }

        @Override
        public String sentence() {
            return "The receiver of changes failed";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields("failure", failure.getClass().getName());
        }
    }

    /// At the stop, the last position could not be confirmed: the last seconds come again.
    record EndUnconfirmed(String sqlState) implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.INFO;
        }

        @Override
        public String sentence() {
            return "The last position could not be confirmed, the next start hears of it again";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields("sqlState", sqlState);
        }
    }

    /// The server stops; its slot does not.
    record SlotStays(String slot) implements ReplicationEvent {
        @Override
        public Level level() {
            return Level.INFO;
        }

        @Override
        public String sentence() {
            return "The replication slot stays, and keeps the log for the next start; the statement"
                    + " drops it";
        }

        @Override
        public Map<String, ?> fields() {
            return ReplicationEvent.fields("slot", slot, "statement", dropStatement());
        }

        public String dropStatement() {
            return "select pg_drop_replication_slot(" + Quoted.literal(slot) + ");";
        }
    }
}
