package dev.hearth.database;

import dev.hearth.observe.Event;
import dev.hearth.observe.Told;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// What this room tells.
sealed interface DatabaseEvent extends Event {

    /// The settings of the roles could not be read; the last ones stay in use.
    record RoleSettingsUnread(@Nullable String sqlState) implements DatabaseEvent {

        @Override
        public Told told() {
            return Told.warn("The settings of the API roles could not be read.")
                    .with("sqlstate", String.valueOf(sqlState));
        }
    }

    /// The partitions of `realtime.messages` could not be made or dropped. The next hour tries
    /// again, and three days are made ahead.
    record PartitionsNotKept(String reason) implements DatabaseEvent {

        @Override
        public Told told() {
            return Told.warn(
                            "The partitions of realtime.messages could not be kept, it is tried"
                                    + " again in an hour.")
                    .with("reason", reason);
        }
    }

    /// The embedded PostgreSQL has ended, and nobody had asked it to.
    record PostgresDied() implements DatabaseEvent {

        @Override
        public Told told() {
            return Told.warn(
                    "The embedded PostgreSQL ended without being asked to, it is started again.");
        }
    }

    /// The embedded PostgreSQL was started again and answers.
    ///
    /// @param down since its end was seen
    record PostgresRevived(long pid, Duration down) implements DatabaseEvent {

        @Override
        public Told told() {
            return Told.info("The embedded PostgreSQL runs again.")
                    .with("pid", pid)
                    .with("downMilliseconds", down.toMillis());
        }
    }

    /// The embedded PostgreSQL could not be started again: an error once it does not look as if it
    /// went by itself.
    ///
    /// @param failures so many in a row
    /// @param pause until the next attempt
    record PostgresNotRevived(int failures, String reason, Duration pause)
            implements DatabaseEvent {

        private static final int FAILURES_OF_A_PASSING_TROUBLE = 3;

        @Override
        public Told told() {
            return Told.at(
                            failures > FAILURES_OF_A_PASSING_TROUBLE ? Level.ERROR : Level.WARN,
                            "The embedded PostgreSQL cannot be started again, it is tried after a"
                                    + " pause.")
                    .with("failures", failures)
                    .with("pauseMilliseconds", pause.toMillis())
                    .with("reason", reason);
        }
    }
}
