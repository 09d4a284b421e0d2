package dev.hearth.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import dev.hearth.config.DatabaseUrl;
import dev.hearth.observe.Observer;
import dev.hearth.token.Caller;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The pools, and transactions on them. Safe for any thread; every method that returns a result
/// blocks for a connection and for the database.
///
/// Three logins, each with no more rights than its work needs: `authenticator` serves callers (no
/// superuser, no BYPASSRLS, owns nothing), `supabase_auth_admin` keeps the users,
/// `supabase_replication_admin` reads catalogs and the log.
public final class Database implements AutoCloseable {

    /// Where each login goes.
    ///
    /// @param authenticator serves callers
    /// @param auth keeps the users' tables
    /// @param replication reads the log and the catalogs
    public record Logins(DatabaseUrl authenticator, DatabaseUrl auth, DatabaseUrl replication) {}

    /// Bounds of the pools.
    ///
    /// @param callers the most connections on behalf of callers
    /// @param acquisition how long a caller waits for one of them
    /// @param authStatement how long a statement on the users' tables may take; 0 is for ever
    public record Limits(int callers, Duration acquisition, Duration authStatement) {

        /// With the usual wait.
        public Limits(int callers, Duration authStatement) {
            this(callers, CONNECTION_TIMEOUT, authStatement);
        }
    }

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration DRAINED_EVERY = Duration.ofMillis(10);
    private static final Duration ROLE_SETTINGS_REFRESH = Duration.ofSeconds(30);
    private static final int INTERNAL_POOL_SIZE = 5;
    private static final Command RESET = Command.of("reset all");
    private static final String ISOLATION = "default_transaction_isolation";

    private final Logins logins;
    private final HikariDataSource callers;
    private final HikariDataSource auth;
    private final HikariDataSource system;
    private final Observer observer;
    private final ScheduledExecutorService refresher =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("role-settings").factory());
    private final Flushes flushes = new Flushes();
    private volatile RoleSettings roleSettings = RoleSettings.NONE;

    private Database(Logins logins, Limits limits, Observer observer) {
        this.logins = logins;
        this.observer = observer;
        HikariConfig callerPool = pool("callers", logins.authenticator(), limits.callers());
        callerPool.setConnectionTimeout(limits.acquisition().toMillis());
        callers = new HikariDataSource(callerPool);
        HikariConfig authPool = pool("auth", logins.auth(), INTERNAL_POOL_SIZE);
        authPool.setConnectionInitSql(
                "set statement_timeout = " + limits.authStatement().toMillis());
        auth = new HikariDataSource(authPool);
        system = new HikariDataSource(pool("system", logins.replication(), INTERNAL_POOL_SIZE));
    }

    /// Opens the pools; the database need not be there yet.
    public static Database open(Logins logins, Limits limits, Observer observer) {
        var database = new Database(logins, limits, observer);
        database.refreshRoleSettings();
        var _ =
                database.refresher.scheduleWithFixedDelay(
                        database::refreshRoleSettings,
                        ROLE_SETTINGS_REFRESH.toSeconds(),
                        ROLE_SETTINGS_REFRESH.toSeconds(),
                        TimeUnit.SECONDS);
        return database;
    }

    /// A connection for one transaction under a caller, flush by flush: it begins with [#opening].
    /// The borrower closes it.
    ///
    /// @throws SQLException when there is none, at once where the database does not answer, in time
    ///   where all connections are in use ([#allInUse()] tells)
    public CallerSession session() throws SQLException {
        if (callers.getHikariPoolMXBean().getTotalConnections() == 0) {
            knock();
        }
        Connection connection = callers.getConnection();
        try {
            return new CallerSession(connection, flushes, callers::evictConnection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /// The pool waits as long for a database that is not there as for a connection that is in use.
    private void knock() throws SQLException {
        DatabaseUrl login = logins.authenticator();
        DriverManager.getConnection(login.jdbcUrl(), properties(login, "hearth callers")).close();
    }

    /// Whether every connection of the callers is in use.
    public boolean allInUse() {
        return callers.getHikariPoolMXBean().getActiveConnections() >= callers.getMaximumPoolSize();
    }

    /// What a transaction under a caller begins with: nothing that an earlier one set for the whole
    /// session, and everything about this one until it ends.
    ///
    /// What is no setting stays with the connection, as it does with upstream: locks that a
    /// function took for the session, temporary tables, cursors that are held.
    ///
    /// @param mode where it asks for no isolation, the role's own is taken
    public List<Command> opening(Caller caller, RequestSettings request, Mode mode) {
        Map<String, String> asked = roleSettings.of(caller.role());
        Mode begun = mode.orElse(Optional.ofNullable(asked.get(ISOLATION)));
        return List.of(begun.begin(), RESET, CallerSettings.command(caller, asked, request));
    }

    /// The isolation level that the own settings of a caller's role ask for.
    public Optional<Mode.Isolation> isolation(Caller caller) {
        return Optional.ofNullable(
                        roleSettings.of(caller.role()).get("default_transaction_isolation"))
                .flatMap(Mode.Isolation::of);
    }

    /// Forgets what was learned of the types in statements: tables and functions have changed.
    public void forgetTypes() {
        flushes.forgetAll();
    }

    /// A transaction on the users' tables, as `supabase_auth_admin`.
    public <T> T asAuth(Work<T> work) throws SQLException {
        return inTransaction(auth, work);
    }

    /// A transaction of the server itself, as `supabase_replication_admin`: catalogs, partitions.
    public <T> T asSystem(Work<T> work) throws SQLException {
        return inTransaction(system, work);
    }

    /// A connection of the login role `authenticator` in auto-commit mode, for the verdicts of row
    /// security: whoever borrows it sets role and claims inside transactions only, and closes it.
    public Connection authenticator() throws SQLException {
        return callers.getConnection();
    }

    /// A new connection of the replication login, outside the pools; the caller closes it.
    ///
    /// @param driverProperties properties of the driver, laid over those of the login
    public Connection openReplicationLogin(Map<String, String> driverProperties)
            throws SQLException {
        Properties properties = properties(logins.replication(), "hearth");
        properties.putAll(driverProperties);
        return DriverManager.getConnection(logins.replication().jdbcUrl(), properties);
    }

    /// Whether the database answers, and soon.
    public boolean reachable() {
        var answer = new CompletableFuture<Boolean>();
        Thread.ofVirtual().name("health").start(() -> answer.complete(answers()));
        return answer.completeOnTimeout(false, SOON.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    private boolean answers() {
        try (Connection connection = system.getConnection()) {
            return connection.isValid((int) SOON.toSeconds());
        } catch (SQLException _) {
            return false;
        }
    }

    /// Closes every pool. What is under way may end, for a moment; then it fails.
    @Override
    public void close() {
        refresher.shutdown();
        long deadline = System.nanoTime() + SOON.toNanos();
        for (HikariDataSource pool : List.of(callers, auth, system)) {
            // A pool that closes cuts what is in use, and logs each with its stack.
            while (pool.getHikariPoolMXBean().getActiveConnections() > 0
                    && System.nanoTime() < deadline) {
                LockSupport.parkNanos(DRAINED_EVERY.toNanos());
            }
            pool.close();
        }
    }

    private void refreshRoleSettings() {
        try {
            roleSettings = asSystem(RoleSettings::read);
        } catch (SQLException e) {
            observer.tell(new DatabaseEvent.RoleSettingsUnread(e.getSQLState()));
        }
    }

    private static <T> T inTransaction(HikariDataSource pool, Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static HikariConfig pool(String name, DatabaseUrl url, int size) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url.jdbcUrl());
        config.setDataSourceProperties(properties(url, "hearth " + name));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        // The database may come later than the server.
        config.setInitializationFailTimeout(-1);
        return config;
    }

    private static Properties properties(DatabaseUrl url, String applicationName) {
        Properties properties = url.properties();
        properties.setProperty("ApplicationName", applicationName);
        // Startup parameters instead of SET statements, which `reset all` would take back.
        properties.setProperty("assumeMinServerVersion", "15");
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }
}
