package dev.hearth.realtime.changes;

import dev.hearth.observe.Event;

import java.util.Map;

/// What this room tells of itself.
public sealed interface ChangesEvent extends Event {

    /// A policy, a grant or a filter raised an error while a change was judged; nobody of that role
    /// gets the change.
    ///
    /// @param table with its schema
    /// @param role of the caller
    /// @param sqlState the error's code
    record VerdictFailed(String table, String role, String sqlState) implements ChangesEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "A change could not be judged and was not delivered";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("table", table, "role", role, "sqlstate", sqlState);
        }
    }

    /// A change was not delivered since the log lacks a column that a policy reads.
    record VerdictUnknown(String table, String role) implements ChangesEvent {
        @Override
        public Level level() {
            return Level.DEBUG;
        }

        @Override
        public String sentence() {
            return "A policy reads a column that the log lacks";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("table", table, "role", role);
        }
    }

    /// The database cannot be asked; changes wait.
    record DatabaseAway(String sqlState) implements ChangesEvent {
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
    record DatabaseBack() implements ChangesEvent {
        @Override
        public Level level() {
            return Level.INFO;
        }

        @Override
        public String sentence() {
            return "The database answers again, changes go on";
        }
    }

    /// Tables came to or left the publication.
    record MembersChanged(int tables) implements ChangesEvent {
        @Override
        public Level level() {
            return Level.INFO;
        }

        @Override
        public String sentence() {
            return "The publication's tables changed";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("tables", tables);
        }
    }

    /// A value of the log is not what its type writes; its text is delivered.
    record ValueNotRendered(String table, String column) implements ChangesEvent {
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
    record DeliveryFailed(String table, String error) implements ChangesEvent {
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
