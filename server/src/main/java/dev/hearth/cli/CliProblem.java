package dev.hearth.cli;

import dev.hearth.problem.Problem;

import java.nio.file.Path;

/// Why a command does nothing.
sealed interface CliProblem extends Problem {
    /// `status` found nobody.
    record NotRunning(Path data) implements CliProblem {
        @Override
        public Facts facts() {
            return Facts.of(500, "not_running", "No Hearth runs on the data folder " + data + ".")
                    .withHint("Start one with: hearth start (or name its folder with --data)");
        }
    }

    /// `migrate` was not told where.
    record NoDatabase() implements CliProblem {
        @Override
        public Facts facts() {
            return Facts.of(500, "no_database", "No database is named.")
                    .withHint(
                            "Give --database-url postgresql://owner:password@host:5432/database, or"
                                    + " set HEARTH_DATABASE_URL. The embedded database needs no"
                                    + " `migrate`: `start` does it.");
        }
    }

    /// A file of the data folder cannot be read or written.
    record Unreadable(Path data, String reason) implements CliProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                    500,
                    "data_folder_unreadable",
                    "The data folder %s cannot be used: %s".formatted(data, reason));
        }
    }
}
