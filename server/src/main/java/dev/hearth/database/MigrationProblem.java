package dev.hearth.database;

import dev.hearth.problem.Problem;

import java.nio.file.Path;

/// Why a project's migrations stopped, for the person who wrote them: the message names file and
/// line, the hint what would work.
public sealed interface MigrationProblem extends Problem {

    /// PostgreSQL refused a statement.
    ///
    /// @param file its name, for example `20240131120000_add_rooms.sql`
    /// @param line from 1; of the place that PostgreSQL points at, or of the statement
    /// @param sqlState five characters
    /// @param reason PostgreSQL's message, with its detail and hint where it has some
    /// @param statement the first line of the statement
    /// @param applied whether the statements before it in this file stay applied
    record StatementFailed(
            String file,
            int line,
            String sqlState,
            String reason,
            String statement,
            boolean applied)
            implements MigrationProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "migration_failed",
                            "%s:%d: %s (SQLSTATE %s)%n    %s"
                                    .formatted(file, line, reason, sqlState, statement))
                    .withHint(
                            applied
                                    ? "The file holds a statement that cannot run in a transaction,"
                                            + " so the statements before this one stay applied."
                                    : "Nothing of this file was applied, and no file after it"
                                            + " ran.");
        }
    }

    /// The project's configuration is no TOML.
    record ConfigUnreadable(Path file, int line, String reason) implements MigrationProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                    500, "project_config_unreadable", "%s:%d: %s".formatted(file, line, reason));
        }
    }

    /// This PostgreSQL does not have an extension that a file asks for.
    record ExtensionMissing(String file, int line, String extension) implements MigrationProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "extension_missing",
                            "%s:%d: this PostgreSQL lacks the extension \"%s\"."
                                    .formatted(file, line, extension))
                    .withHint(
                            "Use a PostgreSQL that has it (--database-url), or go on without it:"
                                    + " --skip-missing-extensions or"
                                    + " HEARTH_SKIP_MISSING_EXTENSIONS=true.");
        }
    }

    /// A command that only psql understands, or COPY, whose data would have to come from psql.
    record NotSql(String file, int line, String statement) implements MigrationProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "migration_not_sql",
                            "%s:%d: COPY and commands that begin with a backslash do not run here.%n    %s"
                                    .formatted(file, line, statement))
                    .withHint(
                            "Write the rows as INSERT (pg_dump --inserts does), or load them with"
                                    + " psql.");
        }
    }

    /// Two files with one version.
    record SameVersion(String version, String first, String second) implements MigrationProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "migration_version_twice",
                            "%s and %s carry the same version, %s."
                                    .formatted(first, second, version))
                    .withHint("Rename the later one.");
        }
    }

    /// A file that did not run yet is older than one that did.
    ///
    /// @param file the file that did not run
    /// @param last the version of the newest one that did
    record OutOfOrder(String file, String last) implements MigrationProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "migration_out_of_order",
                            "%s did not run, but the later version %s did.".formatted(file, last))
                    .withHint(
                            "Give it a newer timestamp; or, where it was applied by hand, record it"
                                    + " in supabase_migrations.schema_migrations.");
        }
    }

    /// There is no such project.
    record NoProject(Path folder) implements MigrationProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "project_missing",
                            "%s holds no folder named supabase.".formatted(folder))
                    .withHint("--project (HEARTH_PROJECT) names the folder above supabase.");
        }
    }
}
