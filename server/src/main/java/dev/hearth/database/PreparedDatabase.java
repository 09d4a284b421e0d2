package dev.hearth.database;

import dev.hearth.config.Config;
import dev.hearth.config.DatabaseUrl;
import dev.hearth.config.Secret;
import dev.hearth.config.SettingProblem;
import dev.hearth.problem.Refusal;

import org.postgresql.ds.PGSimpleDataSource;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

/// The server's database, ready to serve: its own PostgreSQL is up where no other was named, the
/// platform's SQL, the parts asked for and the project's migrations are in, every login has its
/// password. It also keeps the daily partitions of `realtime.messages`.
///
/// One for a data folder, which it holds until [#close()].
public final class PreparedDatabase implements AutoCloseable {

    private static final String DEVELOPER = "postgres";
    private static final String INSTALLATION = "installation";
    private static final List<String> SERVICE_ROLES =
            List.of("authenticator", "supabase_auth_admin", "supabase_replication_admin");
    private static final Duration WAIT_BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration PARTITION_CHECK = Duration.ofHours(1);

    private final DataFolder folder;
    private final Optional<EmbeddedPostgres> embedded;
    private final DatabaseUrl developer;
    private final Database.Logins logins;
    private final String installation;
    private final ScheduledExecutorService partitions =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("message-partitions").factory());

    private PreparedDatabase(
            DataFolder folder,
            Optional<EmbeddedPostgres> embedded,
            DatabaseUrl developer,
            Database.Logins logins) {
        this.folder = folder;
        this.embedded = embedded;
        this.developer = developer;
        this.logins = logins;
        this.installation =
                folder.credentials()
                        .find(INSTALLATION)
                        .orElseGet(
                                () -> {
                                    String made = UUID.randomUUID().toString();
                                    folder.credentials().keep(INSTALLATION, made);
                                    return made;
                                });
    }

    /// Starts, waits for and lays the database. A database of somebody's own that is down is waited
    /// for, and the progress says so.
    ///
    /// @throws Refusal when the database is not fit to be served, with what mends it
    public static PreparedDatabase open(Config config, StartProgress progress) throws SQLException {
        DataFolder folder = DataFolder.hold(config.data(), config.http().port());
        Optional<EmbeddedPostgres> embedded = Optional.empty();
        try {
            if (config.database().embedded()) {
                embedded =
                        Optional.of(
                                EmbeddedPostgres.start(
                                        folder,
                                        EmbeddedSettings.onPort(config.database().embeddedPort())
                                                .closedByCaller(),
                                        progress));
            }
            return new Preparation(config, folder, embedded, progress).run();
        } catch (SQLException | RuntimeException e) {
            embedded.ifPresent(EmbeddedPostgres::close);
            folder.close();
            throw e;
        }
    }

    /// Where each login of the server goes.
    public Database.Logins logins() {
        return logins;
    }

    /// The address for people: the role that owns their objects.
    public DatabaseUrl developer() {
        return developer;
    }

    /// Tells this installation from others on the same cluster.
    public String installation() {
        return installation;
    }

    /// The process id of the embedded PostgreSQL.
    public Optional<Long> embeddedPid() {
        return embedded.map(EmbeddedPostgres::pid);
    }

    /// Stops the embedded PostgreSQL and lets the data folder go.
    @Override
    public void close() {
        partitions.shutdownNow();
        embedded.ifPresent(EmbeddedPostgres::close);
        folder.close();
    }

    /// The steps of [#open], with what they share.
    private record Preparation(
            Config config,
            DataFolder folder,
            Optional<EmbeddedPostgres> embedded,
            StartProgress progress) {

        PreparedDatabase run() throws SQLException {
            DatabaseUrl owner = owner();
            if (embedded.isEmpty()) {
                awaitAnswer(owner);
                demandLogicalLog(owner);
            }
            Map<String, Secret> passwords = passwords();
            DatabaseUrl developer =
                    embedded.isPresent()
                            ? owner.as(
                                    DEVELOPER,
                                    Optional.ofNullable(passwords.get(DEVELOPER)).orElseThrow())
                            : owner;
            var migrations = new Migrations(source(owner), source(developer), told());
            migrations.platform(passwords, config.database().exposeNewTables());
            config.with().forEach(migrations::with);
            if (config.project().isPresent()) {
                migrations.project(
                        config.project().get(), config.database().skipMissingExtensions());
            }
            migrations.messagePartitions();
            var prepared =
                    new PreparedDatabase(folder, embedded, developer, logins(owner, passwords));
            prepared.keepPartitions(migrations);
            return prepared;
        }

        private DatabaseUrl owner() {
            return embedded.map(
                            postgres ->
                                    new DatabaseUrl(
                                            EmbeddedPostgres.HOST,
                                            postgres.port(),
                                            "postgres",
                                            EmbeddedPostgres.SUPERUSER,
                                            new Secret(
                                                    folder.credentials()
                                                            .findOrCreate(
                                                                    EmbeddedPostgres.SUPERUSER)),
                                            Map.of()))
                    .or(() -> config.database().owner())
                    .orElseThrow();
        }

        /// By role. The developer's password is the well-known one in development only.
        private Map<String, Secret> passwords() {
            var passwords = new LinkedHashMap<String, Secret>();
            SERVICE_ROLES.forEach(role -> passwords.put(role, password(role)));
            if (embedded.isPresent()) {
                passwords.put(
                        DEVELOPER,
                        config.development() ? new Secret(DEVELOPER) : password(DEVELOPER));
            }
            return passwords;
        }

        private Secret password(String role) {
            return config.database()
                    .servicePassword()
                    .orElseGet(() -> new Secret(folder.credentials().findOrCreate(role)));
        }

        private Database.Logins logins(DatabaseUrl owner, Map<String, Secret> passwords) {
            return new Database.Logins(
                    config.database().authenticator().orElseGet(() -> login(owner, passwords, 0)),
                    config.database().auth().orElseGet(() -> login(owner, passwords, 1)),
                    config.database().replication().orElseGet(() -> login(owner, passwords, 2)));
        }

        private static DatabaseUrl login(
                DatabaseUrl owner, Map<String, Secret> passwords, int role) {
            String name = SERVICE_ROLES.get(role);
            return owner.as(name, Optional.ofNullable(passwords.get(name)).orElseThrow());
        }

        private void awaitAnswer(DatabaseUrl owner) {
            boolean told = false;
            while (true) {
                try (var connection =
                        DriverManager.getConnection(owner.jdbcUrl(), owner.properties())) {
                    connection.isValid(1);
                    return;
                } catch (SQLException e) {
                    refuseUnlessPassing(e);
                    if (!told) {
                        progress.step("waiting for the database " + owner);
                        told = true;
                    }
                    pause();
                }
            }
        }

        /// Class 08 is a connection that failed, 57P03 a server that is still starting, 53300 one
        /// without a free place; all pass. A wrong password or name does not.
        private static void refuseUnlessPassing(SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith("08") || state.equals("57P03") || state.equals("53300")) {
                return;
            }
            throw new Refusal(
                    new SettingProblem(
                            "HEARTH_DATABASE_URL",
                            "The database refuses the login: " + e.getMessage(),
                            "Check user, password and database in --database-url or"
                                    + " HEARTH_DATABASE_URL"));
        }

        private static void demandLogicalLog(DatabaseUrl owner) throws SQLException {
            try (var connection = DriverManager.getConnection(owner.jdbcUrl(), owner.properties());
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("show wal_level")) {
                rows.next();
                if (!"logical".equals(rows.getString(1))) {
                    throw new Refusal(
                            new SettingProblem(
                                    "HEARTH_DATABASE_URL",
                                    "The database runs with wal_level=%s; realtime needs logical"
                                            .formatted(rows.getString(1)),
                                    "Run: alter system set wal_level = logical; and restart"
                                            + " PostgreSQL"));
                }
            }
        }

        private static void pause() {
            try {
                Thread.sleep(WAIT_BETWEEN_TRIES);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new Refusal(
                        new SettingProblem(
                                "HEARTH_DATABASE_URL",
                                "Stopped while waiting for the database",
                                "Start again when it is up"));
            }
        }

        private MigrationProgress told() {
            return new MigrationProgress() {
                @Override
                public void applying(String file) {
                    progress.step("applying " + file);
                }

                @Override
                public void warning(String text) {
                    progress.step("warning: " + text);
                }
            };
        }
    }

    private void keepPartitions(Migrations migrations) {
        var _ =
                partitions.scheduleWithFixedDelay(
                        () -> {
                            try {
                                migrations.messagePartitions();
                            } catch (SQLException | RuntimeException _) {
                                // The next hour tries again; three days are made ahead.
                            }
                        },
                        PARTITION_CHECK.toMinutes(),
                        PARTITION_CHECK.toMinutes(),
                        TimeUnit.MINUTES);
    }

    private static DataSource source(DatabaseUrl url) {
        var source = new PGSimpleDataSource();
        source.setURL(url.jdbcUrl());
        source.setUser(url.user());
        source.setPassword(url.password().value());
        url.parameters()
                .forEach(
                        (name, value) -> {
                            try {
                                source.setProperty(name, value);
                            } catch (SQLException e) {
                                throw new IllegalArgumentException(e);
                            }
                        });
        return source;
    }
}
