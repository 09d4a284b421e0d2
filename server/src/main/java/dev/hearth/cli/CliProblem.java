package dev.hearth.cli;

import dev.hearth.problem.Problem;

import java.nio.file.Path;
import java.util.Optional;

/// Why a command does nothing.
sealed interface CliProblem extends Problem {
    @Override
    default int status() {
        return 500;
    }

    /// `status` found nobody.
    record NotRunning(Path data) implements CliProblem {
        @Override
        public String code() {
            return "not_running";
        }

        @Override
        public String message() {
            return "No Hearth runs on the data folder " + data + ".";
        }

        @Override
        public Optional<String> hint() {
            return Optional.of("Start one with: hearth start (or name its folder with --data)");
        }
    }

    /// `migrate` was not told where.
    record NoDatabase() implements CliProblem {
        @Override
        public String code() {
            return "no_database";
        }

        @Override
        public String message() {
            return "No database is named.";
        }

        @Override
        public Optional<String> hint() {
            return Optional.of(
                    "Give --database-url postgresql://owner:password@host:5432/database, or set"
                        + " HEARTH_DATABASE_URL. The embedded database needs no `migrate`: `start`"
                        + " does it.");
        }
    }

    /// A file of the data folder cannot be read or written.
    record Unreadable(Path data, String reason) implements CliProblem {
        @Override
        public String code() {
            return "data_folder_unreadable";
        }

        @Override
        public String message() {
            return "The data folder %s cannot be used: %s".formatted(data, reason);
        }
    }
}
