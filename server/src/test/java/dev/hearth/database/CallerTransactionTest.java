package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.DatabaseUrl;
import dev.hearth.observe.Observer;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;
import dev.hearth.token.Caller;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

@Tag("all-postgres")
class CallerTransactionTest {

    private static final Caller ANN =
            new Caller(
                    "authenticated",
                    "{\"sub\":\"11111111-1111-4111-8111-111111111111\",\"role\":\"authenticated\"}",
                    Optional.empty());
    private static final RequestSettings REQUEST =
            new RequestSettings(
                    Map.of(
                            "request.method", "GET",
                            "request.path", "/rest/v1/notes",
                            "request.headers", "{\"x-a\":\"1\"}",
                            "request.cookies", "{\"c\":\"2\"}"));
    private static final String WHO =
            "select current_user || ' ' || coalesce(auth.uid()::text, '') || ' '"
                    + " || coalesce(current_setting('request.method', true), '')";

    private static TestDatabase database;
    private static Database pools;

    @BeforeAll
    static void open() {
        database = TestPostgres.cluster().createPlatformDatabase();
        // One connection, so that the next transaction surely runs on the one before's.
        pools = open(1);
        database.execute(
                "create function public.leave_traces() returns void language plpgsql as $$ begin"
                        + " perform set_config('my.trace', 'left', false);"
                        + " perform set_config('request.jwt.claims', '{\"sub\":\"leak\"}', false);"
                        + " perform set_config('search_path', 'pg_catalog', false);"
                        + " perform set_config('role', 'anon', false); end $$",
                "grant execute on function public.leave_traces() to authenticated, anon");
    }

    @Test
    void letsWhatIsUnderWayEndWhenThePoolsClose() throws Exception {
        var closing = open(1);
        var running = CompletableFuture.supplyAsync(() -> sleep(closing));
        Awaitility.await().until(CallerTransactionTest::isAsleep);
        closing.close();

        assertThat(running.get()).isEqualTo("1");
    }

    private static String sleep(Database pools) {
        try {
            return pools.asSystem(CallerTransactionTest::value);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String value(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select 1 from pg_sleep(0.5)")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static boolean isAsleep() {
        return !database.ask("select count(*) from pg_stat_activity where wait_event = 'PgSleep'")
                .equals("0");
    }

    private static Database open(int poolSize) {
        return Database.open(
                new Database.Logins(
                        login("authenticator"),
                        login("supabase_auth_admin"),
                        login("supabase_replication_admin")),
                new Database.Limits(poolSize, Duration.ZERO),
                new Observer());
    }

    private static DatabaseUrl login(String role) {
        return DatabaseUrl.parse("test", database.url(role));
    }

    @AfterAll
    static void close() {
        pools.close();
        database.close();
    }

    /// Whatever a test did before, the next user of its connection finds nothing of it.
    @AfterEach
    void nothingOfTheCallerIsLeft() throws SQLException {
        try (Connection connection = pools.authenticator();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select current_setting('request.jwt.claims', true),
                                       current_setting('request.method', true),
                                       current_setting('request.path', true),
                                       current_setting('request.headers', true),
                                       current_setting('request.cookies', true)
                                """)) {
            assertThat(rows.next()).isTrue();
            for (int column = 1; column <= 5; column++) {
                assertThat(rows.getString(column)).isIn(null, "");
            }
        }
    }

    @Test
    void runsUnderTheCallersRoleAndClaims() throws SQLException {
        assertThat(asCaller(ANN, WHO))
                .isEqualTo("authenticated 11111111-1111-4111-8111-111111111111 GET");
    }

    @Test
    void aSingleStatementRunsUnderTheCallerEveryTimeThatItRuns() throws SQLException {
        // The driver changes how it sends a statement after some executions.
        for (int round = 0; round < 20; round++) {
            assertThat(query(Sql.of(WHO)))
                    .isEqualTo("authenticated 11111111-1111-4111-8111-111111111111 GET");
        }
    }

    @Test
    void aSingleStatementBindsItsValuesBehindTheSettings() throws SQLException {
        assertThat(query(Sql.of("select ?::text || ?::text", "a", 7))).isEqualTo("a7");
    }

    @Test
    void aWriteOfASingleStatementIsCommitted() throws SQLException {
        database.execute(
                "create table public.kept (id int)",
                "grant insert on public.kept to authenticated");
        pools.query(
                ANN,
                REQUEST,
                Sql.of("with done as (insert into public.kept values (1)) select 'ok'"),
                CallerTransactionTest::first);
        assertThat(database.ask("select count(*) from public.kept")).isEqualTo("1");
    }

    @Test
    void appliesTheSettingsThatTheRoleAsksFor() throws SQLException {
        assertThat(asCaller(Caller.ofRole("anon"), "show statement_timeout")).isEqualTo("3s");
    }

    @Test
    void anErrorLeavesTheConnectionClean() {
        assertThatThrownBy(() -> asCaller(ANN, "select 1/0"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("division by zero");
    }

    @Test
    void anErrorOfASingleStatementLeavesTheConnectionClean() {
        assertThatThrownBy(() -> query(Sql.of("select 1/0")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("division by zero");
    }

    @Test
    void anUnknownRoleIsTheDatabasesRefusal() {
        assertThatThrownBy(() -> asCaller(Caller.ofRole("nobody_such"), "select 1"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"));
    }

    @Test
    void aRoleThatIsNotGrantedToTheLoginIsRefused() {
        assertThatThrownBy(() -> asCaller(Caller.ofRole("postgres"), "select 1"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void aTimeoutLeavesTheConnectionClean() {
        assertThatThrownBy(
                        () ->
                                pools.asCaller(
                                        ANN,
                                        REQUEST,
                                        connection -> {
                                            text(
                                                    connection,
                                                    "select set_config('statement_timeout', '20ms',"
                                                            + " true)");
                                            return text(connection, "select pg_sleep(10)");
                                        }))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }

    @Test
    void aCancelledStatementLeavesTheConnectionClean() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sleeping =
                    threads.submit(
                            () ->
                                    pools.asCaller(
                                            ANN,
                                            REQUEST,
                                            connection ->
                                                    text(
                                                            connection,
                                                            "select pg_sleep(60) as cancel_me")));
            Awaitility.await()
                    .until(
                            () ->
                                    database.ask(
                                                    "select count(pg_cancel_backend(pid)) from"
                                                        + " pg_stat_activity where state = 'active'"
                                                        + " and query like '%cancel_me'")
                                            .equals("1"));
            assertThatThrownBy(sleeping::get).hasRootCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    void aClientThatWentAwayInTheMiddleLeavesTheConnectionClean() {
        assertThatThrownBy(
                        () ->
                                pools.asCaller(
                                        ANN,
                                        REQUEST,
                                        connection -> {
                                            text(connection, "select 1");
                                            throw new java.io.UncheckedIOException(
                                                    new java.io.IOException("broken pipe"));
                                        }))
                .isInstanceOf(java.io.UncheckedIOException.class);
    }

    @Test
    void whatAFunctionSetForTheSessionIsGoneForTheNextCaller() throws SQLException {
        asCaller(ANN, "select leave_traces()");
        List<String> next =
                List.of(
                        asCaller(
                                Caller.ofRole("anon"),
                                "select concat_ws('|', current_user,"
                                        + " auth.uid()::text,"
                                        + " current_setting('my.trace', true),"
                                        + " current_setting('search_path') ="
                                        + " 'pg_catalog')"),
                        query(Sql.of("select current_user || current_setting('my.trace', true)")));
        assertThat(next).containsExactly("anon||f", "authenticated");
        asCaller(ANN, "reset role");
    }

    @Test
    void aLostConnectionIsReplaced() throws SQLException {
        assertThatThrownBy(
                        () ->
                                pools.asCaller(
                                        ANN,
                                        REQUEST,
                                        connection ->
                                                text(
                                                        connection,
                                                        "select"
                                                            + " pg_terminate_backend(pg_backend_pid())")))
                .isInstanceOf(SQLException.class);
        assertThat(asCaller(ANN, "select 'well'")).isEqualTo("well");
    }

    private static String asCaller(Caller caller, String query) throws SQLException {
        return pools.asCaller(caller, REQUEST, connection -> text(connection, query));
    }

    private static String query(Sql sql) throws SQLException {
        return pools.query(ANN, REQUEST, sql, CallerTransactionTest::first);
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement()) {
            if (!statement.execute(query)) {
                return "";
            }
            try (var rows = statement.getResultSet()) {
                return first(rows);
            }
        }
    }

    private static String first(java.sql.ResultSet rows) throws SQLException {
        rows.next();
        return String.valueOf(rows.getString(1));
    }
}
