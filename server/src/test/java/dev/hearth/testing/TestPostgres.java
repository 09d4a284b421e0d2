package dev.hearth.testing;

import dev.hearth.database.DataFolder;
import dev.hearth.database.EmbeddedPostgres;
import dev.hearth.database.EmbeddedSettings;
import dev.hearth.database.StartProgress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// The cluster that the tests of this JVM share, of the major version in the system property
/// `hearth.test.postgres` (15, 16, 17 or 18; 18 when it is not set). It is started by the first who
/// asks, on a free port, without syncing to disk, and stopped when the JVM ends. Every role may
/// sign in from this machine with any password.
///
/// ```
/// try (var database = TestPostgres.cluster().createPlatformDatabase();
///         var connection = database.connect("authenticator")) { … }
/// ```
///
/// Tests that restart or kill PostgreSQL take a cluster of their own: [#ownCluster(String)].
public final class TestPostgres {
    /// The superuser of every cluster.
    public static final String SUPERUSER = EmbeddedPostgres.SUPERUSER;

    /// The password to show where one is wanted; the cluster takes any.
    public static final String PASSWORD = "test-password";

    private static final String DEFAULT_MAJOR = "18";
    private static final String TEMPLATE = "hearth_platform_template";
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static Optional<TestPostgres> shared = Optional.empty();

    private final Optional<EmbeddedPostgres> postgres;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();
    private final ReentrantLock templateLock = new ReentrantLock();
    private boolean templateMade;

    private TestPostgres(EmbeddedPostgres postgres) {
        this.postgres = Optional.of(postgres);
        this.port = postgres.port();
    }

    private TestPostgres(int port) {
        this.postgres = Optional.empty();
        this.port = port;
    }

    /// A server with PostGIS, which the embedded one has not: throw-away, on this machine, with the
    /// same superuser, at the port that the environment's `HEARTH_TEST_POSTGIS_PORT` says; empty
    /// where it says none.
    public static Optional<TestPostgres> withPostGis() {
        return Optional.ofNullable(System.getenv("HEARTH_TEST_POSTGIS_PORT"))
                .filter(port -> !port.isBlank())
                .map(port -> new TestPostgres(Integer.parseInt(port)));
    }

    /// The cluster of this JVM.
    public static TestPostgres cluster() {
        LOCK.lock();
        try {
            if (shared.isEmpty()) {
                shared = Optional.of(new TestPostgres(start("shared")));
            }
            return shared.get();
        } finally {
            LOCK.unlock();
        }
    }

    /// A cluster for one test alone, that may be stopped, restarted or killed through
    /// [#postgres()]. Stop it with `postgres().close()`, or leave it to the end of the JVM.
    ///
    /// @param name tells it from others of this JVM
    public static TestPostgres ownCluster(String name) {
        return new TestPostgres(start(name));
    }

    /// The major version that the tests of this JVM run on.
    public static int major() {
        return Integer.parseInt(System.getProperty("hearth.test.postgres", DEFAULT_MAJOR));
    }

    private static EmbeddedPostgres start(String name) {
        var root = Path.of("target", "postgres").toAbsolutePath();
        try {
            Leftovers.remove(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var folder =
                root.resolve(
                        "cluster-%d-%s-%d".formatted(major(), name, ProcessHandle.current().pid()));
        var settings = EmbeddedSettings.throwAway(root, archive(root));
        return EmbeddedPostgres.start(DataFolder.hold(folder, 0), settings, StartProgress.silent());
    }

    /// The binaries of the default version are on the class path; the others are put into the build
    /// folder by Maven.
    private static Optional<Path> archive(Path root) {
        if (major() == Integer.parseInt(DEFAULT_MAJOR)) {
            return Optional.empty();
        }
        var jar = root.resolve(major() + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    jar + " is missing: run Maven with -Dhearth.test.postgres=" + major());
        }
        return Optional.of(jar);
    }

    /// The server, for what a test does to it.
    public EmbeddedPostgres postgres() {
        return postgres.orElseThrow();
    }

    int port() {
        return port;
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(EmbeddedPostgres.HOST, port, database);
    }

    /// A new, empty database, owned by the superuser.
    public TestDatabase createDatabase() {
        return create("template1");
    }

    /// A new database in which the platform's SQL has run (once for each cluster; this is a copy).
    public TestDatabase createPlatformDatabase() {
        templateLock.lock();
        try {
            if (!templateMade) {
                // That of another JVM, on a server that outlives it.
                run("drop database if exists " + TEMPLATE + " with (force)");
                run("create database " + TEMPLATE + " template template1");
                try (var template = new TestDatabase(this, TEMPLATE, false)) {
                    Platform.install(template);
                }
                templateMade = true;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            templateLock.unlock();
        }
        return create(TEMPLATE);
    }

    private TestDatabase create(String template) {
        var name = "test_" + databases.incrementAndGet();
        try {
            run("create database " + name + " template " + template);
            run(likeItsTemplate(name, template));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(this, name, true);
    }

    /// Owner and settings belong to the database and not to what is in it: they are not copied.
    private static String likeItsTemplate(String name, String template) {
        return """
        do $$
        declare setting text;
        begin
            execute (select format('alter database %1$s owner to %%s', datdba::regrole)
                from pg_database where datname = '%2$s');
            for setting in select unnest(s.setconfig) from pg_db_role_setting s
                join pg_database d on d.oid = s.setdatabase and s.setrole = 0
                where d.datname = '%2$s'
            loop
                perform set_config(split_part(setting, '=', 1),
                    substr(setting, strpos(setting, '=') + 1), true);
                execute format('alter database %1$s set %%s from current',
                    split_part(setting, '=', 1));
            end loop;
        end $$\
        """
                .formatted(name, template);
    }

    /// Runs `statement` as superuser in the database `postgres`.
    void run(String statement) throws SQLException {
        try (var connection = connect(SUPERUSER, "postgres");
                var running = connection.createStatement()) {
            running.execute(statement);
        }
    }

    Connection connect(String role, String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", PASSWORD);
        return DriverManager.getConnection(jdbcUrl(database), properties);
    }
}
