package dev.hearth.realtime.changes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import dev.hearth.config.ChangesConfig;
import dev.hearth.config.Settings;
import dev.hearth.database.Work;
import dev.hearth.observe.Observer;
import dev.hearth.realtime.changes.feed.Binding;
import dev.hearth.realtime.changes.sql.ChangeDatabase;
import dev.hearth.replication.Replication;
import dev.hearth.replication.ReplicationSettings;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;
import dev.hearth.token.Caller;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/// A platform database whose changes are delivered, for one test.
final class Live implements AutoCloseable {

    static final String ANN = "00000000-0000-0000-0000-00000000000a";
    static final String BEN = "00000000-0000-0000-0000-00000000000b";

    /// A table whose rows their owner sees.
    static final String NOTES =
            """
            create table notes (id int primary key, owner uuid, title text, body text);
            alter table notes enable row level security;
            create policy own on notes for select to authenticated
              using (owner = (select auth.uid()));
            grant select on notes to anon, authenticated, service_role;
            alter publication supabase_realtime add table notes;
            """;

    final TestDatabase database;
    final Observer observer = new Observer();
    final HikariDataSource authenticator;
    final HikariDataSource system;
    final Changes changes;
    private final Replication replication;
    private final AtomicInteger ids = new AtomicInteger();
    volatile boolean away;

    /// A defect of ours in what judges.
    volatile boolean broken;

    private Live(TestDatabase database, Map<String, String> settings) {
        this.database = database;
        authenticator = pool(database, "authenticator", 8);
        system = pool(database, "supabase_replication_admin", 3);
        var access =
                new ChangeDatabase() {
                    @Override
                    public <T> T catalog(Work<T> work) throws SQLException {
                        refuseWhenAway();
                        try (Connection connection = system.getConnection()) {
                            connection.setAutoCommit(false);
                            try {
                                return work.run(connection);
                            } finally {
                                connection.rollback();
                            }
                        }
                    }

                    @Override
                    public Connection authenticator() throws SQLException {
                        refuseWhenAway();
                        if (broken) {
                            throw new IllegalStateException("broken");
                        }
                        return authenticator.getConnection();
                    }
                };
        changes =
                Changes.start(
                        access,
                        ChangesConfig.from(Settings.of(List.of(settings))),
                        observer,
                        InstantSource.system());
        replication =
                Replication.follow(
                        ReplicationSettings.of("test"),
                        properties -> {
                            var all = new Properties();
                            all.setProperty("user", TestPostgres.SUPERUSER);
                            all.setProperty("password", TestPostgres.PASSWORD);
                            all.putAll(properties);
                            return DriverManager.getConnection(database.jdbcUrl(), all);
                        },
                        changes.log(),
                        observer::tell);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> replication.interruption().isEmpty());
    }

    static Live start(String... statements) {
        return start(Map.of(), statements);
    }

    static Live start(Map<String, String> settings, String... statements) {
        TestDatabase database = TestPostgres.cluster().createPlatformDatabase();
        database.execute(statements);
        return new Live(database, settings);
    }

    static Caller user(String id) {
        return new Caller(
                "authenticated",
                "{\"sub\":\"%s\",\"role\":\"authenticated\"}".formatted(id),
                Optional.empty());
    }

    /// Writes a note of somebody.
    static String note(int id, String owner) {
        return "insert into notes values (%d, '%s', 'title %d', 'body')".formatted(id, owner, id);
    }

    /// Waits until a query has an answer.
    void until(String query, String answer) {
        Awaitility.await().until(() -> database.ask(query).equals(answer));
    }

    /// Subscribes to one table and waits until it is in force.
    Heard subscribe(Caller caller, String table) {
        return subscribe(caller, binding("*", table, null));
    }

    Heard subscribe(Caller caller, Binding... bindings) {
        var heard = new Heard();
        changes.subscriptions().subscribe(caller, List.of(bindings), heard);
        return heard;
    }

    Heard filtered(Caller caller, String table, String filter) {
        return subscribe(caller, binding("*", table, filter));
    }

    Binding binding(String event, String table, @Nullable String filter, String... select) {
        return new Binding(
                ids.incrementAndGet(),
                event,
                Optional.of("public"),
                Optional.of(table),
                Optional.ofNullable(filter),
                List.of(select));
    }

    void execute(String... statements) {
        database.execute(statements);
    }

    private void refuseWhenAway() throws SQLException {
        if (away) {
            throw new SQLException("away", "08001");
        }
    }

    private static HikariDataSource pool(TestDatabase database, String role, int size) {
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(role);
        config.setPassword(TestPostgres.PASSWORD);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        replication.close();
        changes.close();
        authenticator.close();
        system.close();
        database.close();
    }
}
