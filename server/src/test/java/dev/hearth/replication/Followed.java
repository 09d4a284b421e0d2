package dev.hearth.replication;

import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import java.sql.DriverManager;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/// A database whose log is followed, for one test.
final class Followed implements AutoCloseable {
    static final String PUBLICATION =
            "create publication supabase_realtime with (publish_via_partition_root = true)";
    static final String PUBLISHED_TABLE =
            "create table t (id int primary key, v text); alter publication supabase_realtime add"
                    + " table t";

    final TestDatabase database;
    final Recorder heard = new Recorder();
    final Replication replication;

    private final boolean ownsDatabase;

    private Followed(TestDatabase database, ReplicationSettings settings, boolean ownsDatabase) {
        this.database = database;
        this.ownsDatabase = ownsDatabase;
        this.replication = Replication.follow(settings, connections(database), heard, heard);
    }

    /// A new database with the publication and these statements run, followed from now on.
    static Followed start(String... statements) {
        return start(settings(), statements);
    }

    static Followed start(ReplicationSettings settings, String... statements) {
        var database = TestPostgres.cluster().createDatabase();
        database.execute(PUBLICATION);
        database.execute(statements);
        var followed = new Followed(database, settings, true);
        followed.untilFollowing(1);
        return followed;
    }

    /// Follows a database that belongs to the test, and does not wait.
    static Followed of(TestDatabase database, ReplicationSettings settings) {
        return new Followed(database, settings, false);
    }

    static ReplicationSettings settings() {
        return ReplicationSettings.of("test")
                .withLag(lag(Duration.ofMillis(500), 256L << 20, 768L << 20));
    }

    /// Without an end.
    static LagLimits lag(Duration lookEvery, long warning, long alarm) {
        return new LagLimits(lookEvery, warning, alarm, OptionalLong.empty(), Duration.ZERO);
    }

    static ReplicationConnections connections(TestDatabase database) {
        return connections(database, TestPostgres.SUPERUSER, database.port());
    }

    static ReplicationConnections connections(TestDatabase database, String role, int port) {
        String url = "jdbc:postgresql://" + database.host() + ":" + port + "/" + database.name();
        return driverProperties -> {
            var properties = new Properties();
            properties.setProperty("user", role);
            properties.setProperty("password", TestPostgres.PASSWORD);
            properties.putAll(driverProperties);
            return DriverManager.getConnection(url, properties);
        };
    }

    void execute(String... statements) {
        database.execute(statements);
    }

    void untilFollowing(int times) {
        await().until(() -> heard.followings.get() >= times);
    }

    void untilInserted(String id) {
        await().until(() -> heard.inserted().contains(id));
    }

    /// Commits a row to `t` and waits until it has come: what was to come before it has come.
    void marker(int id) {
        execute("insert into t values (" + id + ", 'marker')");
        untilInserted(Integer.toString(id));
    }

    /// Commits rows to `t`, from number 100 on, until one of them comes.
    void flowsWithinTenSeconds() {
        var id = new AtomicInteger(100);
        execute("insert into t values (100, 'after')");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            if (heard.inserted().contains(id.toString())) {
                                return true;
                            }
                            execute("insert into t values (" + id.incrementAndGet() + ", '')");
                            return false;
                        });
    }

    String slot() {
        return "hearth_"
                + database.ask("select oid from pg_database where datname = current_database()");
    }

    Lsn confirmed() {
        return Lsn.parse(
                database.ask(
                        "select confirmed_flush_lsn from pg_replication_slots where slot_name = '"
                                + slot()
                                + "'"));
    }

    Lsn logEnd() {
        return Lsn.parse(database.ask("select pg_current_wal_insert_lsn()"));
    }

    /// Ends the server's side of the stream.
    void cut() {
        database.execute(
                "select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name"
                        + " = '"
                        + slot()
                        + "'");
    }

    /// Whether the server's side of the stream is there.
    boolean isSending() {
        return database.ask(
                        "select active_pid is not null from pg_replication_slots where slot_name ="
                                + " '"
                                + slot()
                                + "'")
                .equals("t");
    }

    static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20));
    }

    @Override
    public void close() {
        replication.close();
        if (ownsDatabase) {
            database.close();
        }
    }
}
