package dev.hearth.cli;

import dev.hearth.config.Config;
import dev.hearth.database.StartProgress;

/// What the commands set going. Each refuses with a [dev.hearth.problem.Refusal].
public interface Tasks {
    /// Starts every part and returns when the server answers.
    Running start(Config config, StartProgress progress);

    /// Brings the platform's SQL, and that of `HEARTH_WITH`, into the database of
    /// `HEARTH_DATABASE_URL`.
    void migrate(Config config, StartProgress progress);

    /// Drops the replication slot that a server left in the database of `HEARTH_DATABASE_URL`.
    void removeSlot(Config config, StartProgress progress);

    /// A server that answers.
    interface Running extends AutoCloseable {
        /// The port that it listens on.
        int port();

        /// The address to give to people who want SQL, with its password.
        String databaseUrl();

        /// Has the schema and the settings in the database read again.
        void reload();

        /// Lets running requests end, closes sockets, then the database; returns when all is done.
        @Override
        void close();
    }
}
