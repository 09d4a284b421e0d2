package dev.hearth.database;

import dev.hearth.observe.Event;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What this room tells.
sealed interface DatabaseEvent extends Event {

    /// The settings of the roles could not be read; the last ones stay in use.
    record RoleSettingsUnread(@Nullable String sqlState) implements DatabaseEvent {

        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "The settings of the API roles could not be read.";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("sqlstate", String.valueOf(sqlState));
        }
    }

    /// The partitions of `realtime.messages` could not be made or dropped. The next hour tries
    /// again, and three days are made ahead.
    record PartitionsNotKept(String reason) implements DatabaseEvent {

        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "The partitions of realtime.messages could not be kept, it is tried again in an"
                    + " hour.";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("reason", reason);
        }
    }

    /// The embedded PostgreSQL has ended, and nobody had asked it to.
    record PostgresDied() implements DatabaseEvent {

        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "The embedded PostgreSQL ended without being asked to, it is started again.";
        }
    }

    /// The embedded PostgreSQL was started again and answers.
    ///
    /// @param down since its end was seen
    record PostgresRevived(long pid, Duration down) implements DatabaseEvent {

        @Override
        public Level level() {
            return Level.INFO;
        }

        @Override
        public String sentence() {
            return "The embedded PostgreSQL runs again.";
        }

        @Override
        public Map<String, ?> fields() {
            return fieldsOf("pid", pid, "downMilliseconds", down.toMillis());
        }
    }

    /// The embedded PostgreSQL could not be started again.
    ///
    /// @param failures so many in a row
    /// @param pause until the next attempt
    record PostgresNotRevived(int failures, String reason, Duration pause)
            implements DatabaseEvent {

        private static final int FAILURES_OF_A_PASSING_TROUBLE = 3;

        /// An error once it does not look as if it went by itself.
        @Override
        public Level level() {
            return failures > FAILURES_OF_A_PASSING_TROUBLE ? Level.ERROR : Level.WARN;
        }

        @Override
        public String sentence() {
            return "The embedded PostgreSQL cannot be started again, it is tried after a pause.";
        }

        @Override
        public Map<String, ?> fields() {
            return fieldsOf(
                    "failures", failures, "pauseMilliseconds", pause.toMillis(), "reason", reason);
        }
    }

    private static Map<String, ?> fieldsOf(Object... namesAndValues) {
        var fields = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
