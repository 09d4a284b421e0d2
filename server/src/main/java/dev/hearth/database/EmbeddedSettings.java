package dev.hearth.database;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// How an embedded PostgreSQL is run.
///
/// @param port on 127.0.0.1; 0 takes a free one
/// @param archive a jar with the binaries to use in place of those on the class path; tests name
///   another major version so
/// @param binaries folder that the binaries are unpacked into; the data folder by default
/// @param parameters of postgresql.conf, in place of our defaults or beside them
/// @param guarded whether a connection must show a password and a new cluster is synced to disk
///   before its first start; only tests do without
/// @param stopsWithJvm whether a shutdown hook stops PostgreSQL when nobody called
///   [EmbeddedPostgres#close()]; false where another hook drains the server first and then calls it
public record EmbeddedSettings(
        int port,
        Optional<Path> archive,
        Optional<Path> binaries,
        Map<String, String> parameters,
        boolean guarded,
        boolean stopsWithJvm) {

    /// What throw-away data needs: speed, and room for every test.
    private static final Map<String, String> THROW_AWAY =
            Map.of(
                    "fsync", "off",
                    "full_page_writes", "off",
                    "synchronous_commit", "off",
                    "max_connections", "200",
                    "max_replication_slots", "100",
                    "max_wal_senders", "100");

    /// Copies the map.
    public EmbeddedSettings {
        parameters = Map.copyOf(parameters);
    }

    /// What the product runs with: everything synced, passwords everywhere.
    public static EmbeddedSettings onPort(int port) {
        return new EmbeddedSettings(port, Optional.empty(), Optional.empty(), Map.of(), true, true);
    }

    /// For tests on throw-away data: nothing is synced, nobody needs a password.
    public static EmbeddedSettings throwAway(Path binaries, Optional<Path> archive) {
        return new EmbeddedSettings(0, archive, Optional.of(binaries), THROW_AWAY, false, true);
    }

    /// The same with the binaries in a folder that several data folders share.
    public EmbeddedSettings withBinaries(Path folder) {
        return new EmbeddedSettings(
                port, archive, Optional.of(folder), parameters, guarded, stopsWithJvm);
    }

    /// The same with somebody else in charge of closing it before the JVM ends.
    public EmbeddedSettings closedByCaller() {
        return new EmbeddedSettings(port, archive, binaries, parameters, guarded, false);
    }
}
