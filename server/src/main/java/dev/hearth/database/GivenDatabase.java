package dev.hearth.database;

import dev.hearth.config.Config;
import dev.hearth.config.DatabaseUrl;
import dev.hearth.config.Secret;
import dev.hearth.problem.Refusal;

import org.flywaydb.core.api.FlywayException;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `hearth migrate` does to the database of `HEARTH_DATABASE_URL`. It does not wait for one
/// that is down, and does not hold the data folder: passwords are read and kept there, and a server
/// may run on it meanwhile.
///
/// Several servers on one database must share `POSTGRES_PASSWORD`, since whoever lays the platform
/// sets the passwords of the service roles. A role whose address is set
/// (`HEARTH_AUTHENTICATOR_URL`, `HEARTH_AUTH_URL`, `HEARTH_REPLICATION_URL`) keeps its own.
public final class GivenDatabase {
    private static final List<String> PARTS = List.of("support-chat");

    private GivenDatabase() {}

    /// Lays or completes the platform, the parts of `HEARTH_WITH` and the project's migrations.
    ///
    /// @throws Refusal with a [GivenDatabaseProblem] or a [MigrationProblem]
    public static void migrate(Config config, StartProgress progress) {
        var owner = config.database().owner().orElseThrow();
        config.with().forEach(GivenDatabase::demandPart);
        OwnerConnections.await(owner, false, progress);
        var source = OwnerConnections.as(owner);
        var migrations = new Migrations(source, source, new Lines(progress));
        try {
            migrations.platform(passwords(config), config.database().exposeNewTables());
            config.with().forEach(migrations::with);
            if (config.project().isPresent()) {
                migrations.project(
                        config.project().get(), config.database().skipMissingExtensions());
            }
            migrations.messagePartitions();
        } catch (FlywayException | SQLException e) {
            throw new Refusal(new GivenDatabaseProblem.NotMigrated(String.valueOf(e.getMessage())));
        }
    }

    private static void demandPart(String name) {
        if (!PARTS.contains(name)) {
            throw new Refusal(new GivenDatabaseProblem.UnknownPart(name, PARTS));
        }
    }

    private static Map<String, Secret> passwords(Config config) {
        var database = config.database();
        var addresses =
                Map.of(
                        "authenticator", database.authenticator(),
                        "supabase_auth_admin", database.auth(),
                        "supabase_replication_admin", database.replication());
        var credentials = Credentials.in(config.data());
        var passwords = new HashMap<String, Secret>();
        addresses.forEach(
                (String role, Optional<DatabaseUrl> address) -> {
                    if (address.isEmpty()) {
                        passwords.put(
                                role,
                                database.servicePassword()
                                        .orElseGet(
                                                () -> new Secret(credentials.findOrCreate(role))));
                    }
                });
        return passwords;
    }

    /// Drops the server's replication slot: one that nobody reads keeps the log for ever. Says so
    /// when there is none.
    ///
    /// @throws Refusal when a server still reads it, or the owner may not drop it
    public static void removeSlot(Config config, StartProgress progress) {
        var owner = config.database().owner().orElseThrow();
        OwnerConnections.await(owner, false, progress);
        try (var connection = OwnerConnections.as(owner).getConnection();
                var statement = connection.createStatement();
                var dropped =
                        statement.executeQuery(
                                """
                                select slot_name, pg_drop_replication_slot(slot_name)
                                from pg_replication_slots
                                where slot_name = (select 'hearth_' || oid from pg_database
                                    where datname = current_database())\
                                """)) {
            progress.step(
                    dropped.next()
                            ? "dropped the replication slot " + dropped.getString(1)
                            : "there is no replication slot of Hearth in " + owner);
        } catch (SQLException e) {
            throw new Refusal(
                    new GivenDatabaseProblem.SlotKept(
                            owner.toString(), String.valueOf(e.getMessage())));
        }
    }

    /// Says file by file what is applied.
    private record Lines(StartProgress progress) implements MigrationProgress {
        @Override
        public void applying(String file) {
            progress.step("applying " + file);
        }

        @Override
        public void warning(String text) {
            progress.step("warning: " + text);
        }
    }
}
