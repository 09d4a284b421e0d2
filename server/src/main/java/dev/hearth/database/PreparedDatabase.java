package dev.hearth.database;

import dev.hearth.config.Config;
import dev.hearth.config.DatabaseUrl;
import dev.hearth.config.Secret;
import dev.hearth.config.SettingProblem;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Refusal;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The server's database, ready to serve: its own PostgreSQL is up where no other was named, the
/// platform's SQL, the parts asked for and the project's migrations are in, every login has its
/// password. [#keep] keeps it so.
///
/// One for a data folder, which it holds until [#close()].
public final class PreparedDatabase implements AutoCloseable {

    private static final String DEVELOPER = "postgres";
    private static final String INSTALLATION = "installation";
    private static final Duration PARTITION_CHECK = Duration.ofHours(1);

    private final DataFolder folder;
    private final Optional<EmbeddedPostgres> embedded;
    private final DatabaseUrl developer;
    private final Database.Logins logins;
    private final String installation;
    private final Migrations migrations;
    private final ScheduledExecutorService partitions =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("message-partitions").factory());

    private PreparedDatabase(
            DataFolder folder,
            Optional<EmbeddedPostgres> embedded,
            DatabaseUrl developer,
            Database.Logins logins,
            Migrations migrations) {
        this.migrations = migrations;
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
    public static PreparedDatabase open(Config config, StartProgress progress) {
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
        } catch (RuntimeException e) {
            embedded.ifPresent(EmbeddedPostgres::close);
            folder.close();
            throw e;
        }
    }

    /// Keeps the database fit while it is served: starts the embedded PostgreSQL again when it
    /// dies, makes the daily partitions of `realtime.messages`. To be called once.
    ///
    /// @param observer hears what happens
    public void keep(Observer observer) {
        embedded.ifPresent(postgres -> postgres.keepAlive(observer));
        var _ =
                partitions.scheduleWithFixedDelay(
                        () -> keepPartitions(migrations, observer),
                        PARTITION_CHECK.toMinutes(),
                        PARTITION_CHECK.toMinutes(),
                        TimeUnit.MINUTES);
    }

    static void keepPartitions(Migrations migrations, Observer observer) {
        try {
            migrations.messagePartitions();
        } catch (SQLException | RuntimeException e) {
            observer.tell(new DatabaseEvent.PartitionsNotKept(String.valueOf(e.getMessage())));
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

        PreparedDatabase run() {
            DatabaseUrl owner = owner();
            if (embedded.isEmpty()) {
                OwnerConnections.await(owner, true, progress);
                demandLogicalLog(owner);
            }
            var installation = Installation.of(config, folder.credentials(), progress);
            DatabaseUrl developer =
                    embedded.isPresent()
                            ? owner.as(DEVELOPER, installation.password(DEVELOPER))
                            : owner;
            Migrations migrations = installation.lay(owner, developer);
            return new PreparedDatabase(
                    folder, embedded, developer, logins(owner, installation), migrations);
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

        private Database.Logins logins(DatabaseUrl owner, Installation installation) {
            return new Database.Logins(
                    config.database()
                            .authenticator()
                            .orElseGet(() -> installation.login(owner, "authenticator")),
                    config.database()
                            .auth()
                            .orElseGet(() -> installation.login(owner, "supabase_auth_admin")),
                    config.database()
                            .replication()
                            .orElseGet(
                                    () -> installation.login(owner, "supabase_replication_admin")));
        }

        private static void demandLogicalLog(DatabaseUrl owner) {
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
            } catch (SQLException e) {
                throw new Refusal(
                        new GivenDatabaseProblem.Unreachable(
                                owner.toString(), String.valueOf(e.getMessage())));
            }
        }
    }
}
