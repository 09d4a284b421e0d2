package dev.hearth.database;

import dev.hearth.problem.Problem;

import java.util.List;
import java.util.Optional;

/// Why a given database cannot be used.
public sealed interface GivenDatabaseProblem extends Problem {
    /// Our side cannot go on.
    @Override
    default int status() {
        return 500;
    }

    /// It answers, and refuses the login or the database.
    ///
    /// @param address without the password
    /// @param reason in PostgreSQL's words
    record LoginRefused(String address, String reason) implements GivenDatabaseProblem {
        @Override
        public String code() {
            return "database_login_refused";
        }

        @Override
        public String message() {
            return "The database %s refuses the login: %s".formatted(address, reason);
        }

        @Override
        public Optional<String> hint() {
            return Optional.of("Check user, password and database of --database-url.");
        }
    }

    /// It does not answer, and the command does not wait.
    ///
    /// @param address without the password
    record Unreachable(String address, String reason) implements GivenDatabaseProblem {
        @Override
        public String code() {
            return "database_unreachable";
        }

        @Override
        public String message() {
            return "The database %s does not answer: %s".formatted(address, reason);
        }

        @Override
        public Optional<String> hint() {
            return Optional.of("Check host and port of --database-url, and that it runs.");
        }
    }

    /// A platform file failed.
    record NotMigrated(String reason) implements GivenDatabaseProblem {
        @Override
        public String code() {
            return "database_not_migrated";
        }

        @Override
        public String message() {
            return "The platform's SQL could not be applied: " + reason.strip();
        }
    }

    /// The replication slot could not be dropped.
    ///
    /// @param address without the password
    record SlotKept(String address, String reason) implements GivenDatabaseProblem {
        @Override
        public String code() {
            return "slot_kept";
        }

        @Override
        public String message() {
            return "The replication slot of Hearth in %s stays: %s".formatted(address, reason);
        }

        @Override
        public Optional<String> hint() {
            return Optional.of("Stop the server that reads it, or use a role with REPLICATION.");
        }
    }

    /// A part was asked for that does not exist.
    record UnknownPart(String name, List<String> known) implements GivenDatabaseProblem {
        /// Copies the list.
        public UnknownPart {
            known = List.copyOf(known);
        }

        @Override
        public String code() {
            return "unknown_part";
        }

        @Override
        public String message() {
            return "There is no part named " + name + " (--with, HEARTH_WITH).";
        }

        @Override
        public Optional<String> hint() {
            return Optional.of("Known parts: " + String.join(", ", known));
        }
    }
}
