package dev.hearth.database;

import dev.hearth.config.Config;
import dev.hearth.config.DatabaseConfig;
import dev.hearth.config.DatabaseUrl;
import dev.hearth.config.Secret;
import dev.hearth.problem.Refusal;

import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The database of a configuration, made ready: the data folder held, the embedded PostgreSQL up
/// (or the given one answering), the platform laid, the parts of `HEARTH_WITH` and the project's
/// migrations applied, the roles' passwords set and kept.
///
/// Who signs in how:
///
/// | role | embedded | given database |
/// |---|---|---|
/// | owner | `supabase_admin`, password of the data folder | as `HEARTH_DATABASE_URL` says |
/// | `postgres` | `postgres` in development, else `POSTGRES_PASSWORD` or a made one | not touched |
/// | `authenticator`, `supabase_auth_admin`, `supabase_replication_admin` | `POSTGRES_PASSWORD`, or one made and kept in `<data>/credentials`; a role whose address is set (`HEARTH_AUTHENTICATOR_URL` …) keeps its own | the same |
///
/// Several servers on one given database must share `POSTGRES_PASSWORD`: each sets the passwords at
/// its start.
public final class ReadyDatabase implements AutoCloseable {
    private static final String DEVELOPER = "postgres";
    private static final String AUTHENTICATOR = "authenticator";
    private static final String AUTH = "supabase_auth_admin";
    private static final String REPLICATION = "supabase_replication_admin";

    private final DataFolder folder;
    private final @Nullable EmbeddedPostgres postgres;
    private final DatabaseUrl owner;
    private final DatabaseUrl developer;
    private final Database.Logins logins;
    private final Migrations migrations;

    private ReadyDatabase(
            DataFolder folder,
            @Nullable EmbeddedPostgres postgres,
            DatabaseUrl owner,
            Roles roles,
            MigrationProgress progress) {
        this.folder = folder;
        this.postgres = postgres;
        this.owner = owner;
        this.developer = roles.developer(owner);
        this.logins = roles.logins(owner);
        this.migrations =
                new Migrations(
                        OwnerConnections.as(owner), OwnerConnections.as(developer), progress);
    }

    /// Makes it ready, and waits for a given database that does not answer yet.
    ///
    /// @throws Refusal with an [EmbeddedProblem], a [MigrationProblem] or a [ReadyProblem]
    public static ReadyDatabase open(Config config, StartProgress progress) {
        var folder = DataFolder.hold(config.data(), config.http().port());
        @Nullable EmbeddedPostgres postgres = null;
        try {
            if (config.database().embedded()) {
                var settings = EmbeddedSettings.onPort(config.database().embeddedPort());
                postgres = EmbeddedPostgres.start(folder, settings.closedByCaller(), progress);
            }
            return prepare(config, folder, postgres, progress);
        } catch (RuntimeException e) {
            close(postgres, folder);
            throw e;
        }
    }

    private static ReadyDatabase prepare(
            Config config,
            DataFolder folder,
            @Nullable EmbeddedPostgres postgres,
            StartProgress progress) {
        var roles = new Roles(config, folder.credentials());
        var owner =
                postgres == null
                        ? config.database().owner().orElseThrow()
                        : address(postgres, folder.credentials());
        OwnerConnections.await(owner, postgres == null, progress);
        var database = new ReadyDatabase(folder, postgres, owner, roles, new Lines(progress));
        database.migrate(config, roles.passwords());
        return database;
    }

    /// Lays platform, parts and project into the database of `HEARTH_DATABASE_URL`, for `hearth
    /// migrate`. The data folder is used for the passwords only and not held, so a server may run
    /// on it.
    ///
    /// @throws Refusal as [#open], also when the database does not answer
    public static void migrateGiven(Config config, StartProgress progress) {
        var owner = config.database().owner().orElseThrow();
        var roles = new Roles(config, Credentials.in(config.data()));
        OwnerConnections.await(owner, false, progress);
        var developer = roles.developer(owner);
        run(
                new Migrations(
                        OwnerConnections.as(owner),
                        OwnerConnections.as(developer),
                        new Lines(progress)),
                config,
                roles.passwords());
    }

    private void migrate(Config config, Map<String, Secret> passwords) {
        run(migrations, config, passwords);
    }

    private static void run(Migrations migrations, Config config, Map<String, Secret> passwords) {
        config.with().forEach(ReadyDatabase::demandPart);
        try {
            migrations.platform(passwords, config.database().exposeNewTables());
            config.with().forEach(migrations::with);
            if (config.project().isPresent()) {
                migrations.project(
                        config.project().get(), config.database().skipMissingExtensions());
            }
            migrations.messagePartitions();
        } catch (FlywayException | SQLException e) {
            throw new Refusal(new ReadyProblem.NotMigrated(String.valueOf(e.getMessage())));
        }
    }

    private static void demandPart(String name) {
        var known = List.of("support-chat");
        if (!known.contains(name)) {
            throw new Refusal(new ReadyProblem.UnknownPart(name, known));
        }
    }

    private static DatabaseUrl address(EmbeddedPostgres postgres, Credentials credentials) {
        return new DatabaseUrl(
                EmbeddedPostgres.HOST,
                postgres.port(),
                DEVELOPER,
                EmbeddedPostgres.SUPERUSER,
                new Secret(credentials.find(EmbeddedPostgres.SUPERUSER).orElseThrow()),
                Map.of());
    }

    /// The logins that the server works with.
    public Database.Logins logins() {
        return logins;
    }

    /// The role that laid the platform: a superuser, or the owner of the given database.
    public DatabaseUrl owner() {
        return owner;
    }

    /// The address to give to people who write SQL: `postgres` of the embedded database, else the
    /// owner's.
    public DatabaseUrl developer() {
        return developer;
    }

    /// For what has to be done again while the server runs: the daily partitions of messages.
    public Migrations migrations() {
        return migrations;
    }

    /// The embedded server; empty with a given database.
    public Optional<EmbeddedPostgres> embedded() {
        return Optional.ofNullable(postgres);
    }

    /// The held data folder.
    public Path data() {
        return folder.path();
    }

    /// Stops the embedded PostgreSQL and lets go of the data folder. Close the pools before.
    @Override
    public void close() {
        close(postgres, folder);
    }

    private static void close(@Nullable EmbeddedPostgres postgres, DataFolder folder) {
        try (folder) {
            if (postgres != null) {
                postgres.close();
            }
        }
    }

    /// Which role has which password, and which address.
    private record Roles(Config config, Credentials credentials) {
        Map<String, Secret> passwords() {
            var passwords = new HashMap<String, Secret>();
            if (database().embedded()) {
                passwords.put(DEVELOPER, developerPassword());
            }
            putUnlessSet(passwords, AUTHENTICATOR, database().authenticator());
            putUnlessSet(passwords, AUTH, database().auth());
            putUnlessSet(passwords, REPLICATION, database().replication());
            return passwords;
        }

        private void putUnlessSet(
                Map<String, Secret> passwords, String role, Optional<DatabaseUrl> address) {
            if (address.isEmpty()) {
                passwords.put(role, password(role));
            }
        }

        private DatabaseConfig database() {
            return config.database();
        }

        private Secret password(String role) {
            return database()
                    .servicePassword()
                    .orElseGet(() -> new Secret(credentials.findOrCreate(role)));
        }

        private Secret developerPassword() {
            return config.development() && database().servicePassword().isEmpty()
                    ? new Secret(DEVELOPER)
                    : password(DEVELOPER);
        }

        DatabaseUrl developer(DatabaseUrl owner) {
            return database().embedded() ? owner.as(DEVELOPER, developerPassword()) : owner;
        }

        Database.Logins logins(DatabaseUrl owner) {
            return new Database.Logins(
                    database().authenticator().orElseGet(() -> login(owner, AUTHENTICATOR)),
                    database().auth().orElseGet(() -> login(owner, AUTH)),
                    database().replication().orElseGet(() -> login(owner, REPLICATION)));
        }

        private DatabaseUrl login(DatabaseUrl owner, String role) {
            return owner.as(role, password(role));
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
