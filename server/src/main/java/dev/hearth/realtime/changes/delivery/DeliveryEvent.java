package dev.hearth.realtime.changes.delivery;

import dev.hearth.observe.Event;

import java.util.Map;

/// What is told of delivering.
sealed interface DeliveryEvent extends Event {

    /// The database cannot be asked; changes wait.
    record DatabaseAway(String sqlState) implements DeliveryEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "Changes wait, since the database does not answer";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("sqlstate", sqlState);
        }
    }

    /// It answers again.
    record DatabaseBack() implements DeliveryEvent {
        @Override
        public Level level() {
            return Level.INFO;
        }

        @Override
        public String sentence() {
            return "The database answers again, changes go on";
        }
    }

    /// A value of the log is not what its type writes; its text is delivered.
    record ValueNotRendered(String table, String column) implements DeliveryEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "A value could not be rendered and was delivered as its text";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("table", table, "column", column);
        }
    }

    /// A defect of ours met a change, which was not delivered.
    record DeliveryFailed(String table, String error) implements DeliveryEvent {
        @Override
        public Level level() {
            return Level.ERROR;
        }

        @Override
        public String sentence() {
            return "A change could not be delivered";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("table", table, "error", error);
        }
    }
}
