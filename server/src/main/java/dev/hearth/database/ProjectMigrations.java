package dev.hearth.database;

import dev.hearth.problem.Refusal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import javax.sql.DataSource;

/// Applies a project's roles, migrations and seeds, and keeps the record of them in the tables of
/// the Supabase CLI (`supabase/cli`, `pkg/migration`), so that either tool knows what the other
/// did.
///
/// Each file runs on a connection of its own, since files change settings of the session (those
/// that `pg_dump` wrote empty the search path).
final class ProjectMigrations {

    private final DataSource developer;
    private final MigrationProgress progress;
    private final boolean skipMissingExtensions;

    ProjectMigrations(
            DataSource developer, MigrationProgress progress, boolean skipMissingExtensions) {
        this.developer = developer;
        this.progress = progress;
        this.skipMissingExtensions = skipMissingExtensions;
    }

    void run(Path project) throws SQLException {
        Path folder = project.resolve("supabase");
        if (!Files.isDirectory(folder)) {
            throw new Refusal(new MigrationProblem.NoProject(project));
        }
        ProjectConfig config = ProjectConfig.in(folder);
        List<OnceFile> roles = OnceFile.roles(project);
        List<OnceFile> seeds = OnceFile.seeds(project, config, progress);
        try (Connection keeper = developer.getConnection()) {
            makeRecord(keeper);
            SortedSet<String> applied = applied(keeper);
            List<MigrationFile> pending = List.of();
            if (config.migrations()) {
                pending =
                        pending(MigrationFile.in(folder.resolve("migrations"), progress), applied);
            }
            if (applied.isEmpty()) {
                mark(keeper, roles);
                mark(keeper, seeds);
            }
            runDue(keeper, roles);
            for (MigrationFile file : pending) {
                apply(file);
            }
            runDue(keeper, seeds);
        }
    }

    /// Another server that starts at the same time waits here.
    private static void makeRecord(Connection keeper) throws SQLException {
        try (var statement = keeper.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtext('hearth project migrations'))");
            statement.execute("create schema if not exists supabase_migrations");
            statement.execute(
                    """
                    create table if not exists supabase_migrations.schema_migrations (
                        version text not null primary key, statements text[], name text)\
                    """);
            statement.execute(
                    """
                    create table if not exists supabase_migrations.seed_files (
                        path text not null primary key, hash text not null)\
                    """);
        }
    }

    private static SortedSet<String> applied(Connection keeper) throws SQLException {
        SortedSet<String> versions = new TreeSet<>();
        try (var statement = keeper.createStatement();
                var rows =
                        statement.executeQuery(
                                "select version from supabase_migrations.schema_migrations")) {
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
        }
        return versions;
    }

    private List<MigrationFile> pending(List<MigrationFile> files, SortedSet<String> applied) {
        SortedSet<String> gone = new TreeSet<>(applied);
        files.forEach(file -> gone.remove(file.version()));
        if (!gone.isEmpty()) {
            progress.warning("Applied earlier, but no longer in the folder: " + gone);
        }
        List<MigrationFile> pending =
                files.stream().filter(file -> !applied.contains(file.version())).toList();
        for (MigrationFile file : pending) {
            if (!applied.isEmpty() && file.version().compareTo(applied.last()) < 0) {
                throw new Refusal(new MigrationProblem.OutOfOrder(file.fileName(), applied.last()));
            }
        }
        return pending;
    }

    /// The database is new, so these files are due. An empty hash stands for one that did not run
    /// yet, so that a failed migration does not lose it.
    private static void mark(Connection keeper, List<OnceFile> files) throws SQLException {
        for (OnceFile file : files) {
            try (var mark =
                    keeper.prepareStatement(
                            """
                            insert into supabase_migrations.seed_files (path, hash) values (?, '')
                            on conflict do nothing\
                            """)) {
                mark.setString(1, file.recorded());
                mark.execute();
            }
        }
    }

    private void runDue(Connection keeper, List<OnceFile> files) throws SQLException {
        for (OnceFile file : files) {
            if (isDue(keeper, file)) {
                runOnce(file);
            }
        }
    }

    private static boolean isDue(Connection keeper, OnceFile file) throws SQLException {
        try (var ask =
                keeper.prepareStatement(
                        "select from supabase_migrations.seed_files"
                                + " where path = ? and hash = ''")) {
            ask.setString(1, file.recorded());
            try (var rows = ask.executeQuery()) {
                return rows.next();
            }
        }
    }

    private void apply(MigrationFile file) throws SQLException {
        progress.applying(file.fileName());
        var script = script(file.fileName(), read(file.path()));
        try (Connection connection = developer.getConnection()) {
            script.run(
                    connection,
                    () -> {
                        try (var record =
                                connection.prepareStatement(
                                        """
                                        insert into supabase_migrations.schema_migrations
                                            (version, name, statements) values (?, ?, ?)\
                                        """)) {
                            record.setString(1, file.version());
                            record.setString(2, file.name());
                            record.setArray(
                                    3, connection.createArrayOf("text", script.texts().toArray()));
                            record.execute();
                        }
                    });
        }
    }

    private void runOnce(OnceFile file) throws SQLException {
        progress.applying(file.name());
        String text = read(file.path());
        var script = script(file.name(), text);
        try (Connection connection = developer.getConnection()) {
            script.run(
                    connection,
                    () -> {
                        try (var record =
                                connection.prepareStatement(
                                        """
                                        update supabase_migrations.seed_files set hash = ?
                                        where path = ?\
                                        """)) {
                            record.setString(1, sha256(text));
                            record.setString(2, file.recorded());
                            record.execute();
                        }
                    });
        }
    }

    private ProjectScript script(String file, String text) {
        return new ProjectScript(
                file, StatementSplitter.split(text), progress, skipMissingExtensions);
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
