package dev.hearth.database;

import dev.hearth.problem.Refusal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The files of one cluster: made by initdb, and the settings that every start writes anew.
///
/// `postgresql.conf` stays as initdb made it and includes `hearth.conf`; what a DBA sets with
/// `alter system` comes after both and wins, save for address, port, sockets and the access rules,
/// which the command line sets.
record Cluster(Path path) {
    private static final int FIRST_WITH_BUILTIN_LOCALES = 17;

    /// `log_…`: the server log must not hold what users wrote, and both a failed statement and the
    /// detail of an error may (`Key (email)=(…) already exists`).
    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "wal_level", "logical",
                    "max_replication_slots", "20",
                    "max_wal_senders", "20",
                    "max_slot_wal_keep_size", "1GB",
                    "log_min_error_statement", "panic",
                    "log_error_verbosity", "terse");

    boolean exists() {
        return Files.exists(path.resolve("PG_VERSION"));
    }

    /// The major version that wrote the files.
    int major() throws IOException {
        return Integer.parseInt(Files.readString(path.resolve("PG_VERSION")).strip());
    }

    /// Makes the files beside their place and renames, so that a crash half-way leaves no cluster.
    void create(PostgresBinaries binaries, DataFolder folder, EmbeddedSettings settings)
            throws IOException {
        var beside = path.resolveSibling(path.getFileName() + ".new");
        var password = path.resolveSibling(path.getFileName() + ".password");
        PrivateFiles.deleteTree(beside);
        try {
            PrivateFiles.replace(
                    password, folder.credentials().findOrCreate(EmbeddedPostgres.SUPERUSER) + "\n");
            initialise(binaries, beside, password, folder, settings);
            Files.writeString(
                    beside.resolve("postgresql.conf"),
                    "\ninclude_if_exists = 'hearth.conf'\n",
                    StandardOpenOption.APPEND);
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(password);
            PrivateFiles.deleteTree(beside);
        }
    }

    private static void initialise(
            PostgresBinaries binaries,
            Path target,
            Path password,
            DataFolder folder,
            EmbeddedSettings settings)
            throws IOException {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--pgdata=" + target,
                                "--username=" + EmbeddedPostgres.SUPERUSER,
                                "--pwfile=" + password,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--data-checksums",
                                "--no-instructions"));
        arguments.addAll(locale(binaries.major(), Platform.here()));
        if (!settings.guarded()) {
            arguments.add("--no-sync");
        }
        var result = Program.run(binaries.program("initdb"), arguments.toArray(String[]::new));
        if (!result.succeeded()) {
            if (DiskSpace.saysSo(result.output())) {
                throw new IOException("No space left on device");
            }
            throw new Refusal(new EmbeddedProblem.Failed("initdb", result.output(), folder.path()));
        }
    }

    /// By code point, the same on every machine. From 17 on PostgreSQL brings `C.UTF-8` itself;
    /// before, the C library's has to do, where there is one.
    static List<String> locale(int major, Platform platform) {
        var library = platform.isLinux() ? "C.UTF-8" : "en_US.UTF-8";
        var common = List.of("--lc-collate=C", "--lc-ctype=" + library, "--lc-messages=C");
        if (major < FIRST_WITH_BUILTIN_LOCALES) {
            return common;
        }
        var builtin = new ArrayList<>(List.of("--locale-provider=builtin"));
        builtin.add("--builtin-locale=C.UTF-8");
        builtin.addAll(common);
        return builtin;
    }

    /// Writes settings and access rules for the next start. On a full disk the former ones stay.
    void configure(EmbeddedSettings settings) throws IOException {
        var parameters = new TreeMap<>(DEFAULTS);
        parameters.putAll(settings.parameters());
        var text =
                new StringBuilder("# Written at each start; use `alter system` to change one.\n");
        parameters.forEach(
                (name, value) ->
                        text.append(name)
                                .append(" = '")
                                .append(value.replace("'", "''"))
                                .append("'\n"));
        PrivateFiles.replace(path.resolve("hearth.conf"), text.toString());
        PrivateFiles.replace(path.resolve("pg_hba.conf"), accessRules(settings.guarded()));
    }

    private static String accessRules(boolean passwords) {
        var method = passwords ? "scram-sha-256" : "trust";
        return """
        # Written at each start. From this machine only.
        host all         all 127.0.0.1/32 METHOD
        host all         all ::1/128      METHOD
        host replication all 127.0.0.1/32 METHOD
        host replication all ::1/128      METHOD
        """
                .replace("METHOD", method);
    }
}
