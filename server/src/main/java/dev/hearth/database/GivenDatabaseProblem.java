package dev.hearth.database;

import dev.hearth.problem.Problem;

import java.util.List;

/// Why a given database cannot be used.
public sealed interface GivenDatabaseProblem extends Problem {
    /// It answers, and refuses the login or the database.
    ///
    /// @param address without the password
    /// @param reason in PostgreSQL's words
    record LoginRefused(String address, String reason) implements GivenDatabaseProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "database_login_refused",
                            "The database %s refuses the login: %s".formatted(address, reason))
                    .withHint("Check user, password and database of --database-url.");
        }
    }

    /// It does not answer, and the command does not wait.
    ///
    /// @param address without the password
    record Unreachable(String address, String reason) implements GivenDatabaseProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "database_unreachable",
                            "The database %s does not answer: %s".formatted(address, reason))
                    .withHint("Check host and port of --database-url, and that it runs.");
        }
    }

    /// A platform file failed.
    record NotMigrated(String reason) implements GivenDatabaseProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                    500,
                    "database_not_migrated",
                    "The platform's SQL could not be applied: " + reason.strip());
        }
    }

    /// The replication slot could not be dropped.
    ///
    /// @param address without the password
    record SlotKept(String address, String reason) implements GivenDatabaseProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "slot_kept",
                            "The replication slot of Hearth in %s stays: %s"
                                    .formatted(address, reason))
                    .withHint("Stop the server that reads it, or use a role with REPLICATION.");
        }
    }

    /// A part was asked for that does not exist.
    record UnknownPart(String name, List<String> known) implements GivenDatabaseProblem {
        /// Copies the list.
        public UnknownPart {
            known = List.copyOf(known);
        }

        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "unknown_part",
                            "There is no part named " + name + " (--with, HEARTH_WITH).")
                    .withHint("Known parts: " + String.join(", ", known));
        }
    }
}
