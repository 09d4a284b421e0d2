package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.database.RequestSettings.Setting;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;
import dev.hearth.testing.WireTap;
import dev.hearth.testing.WireTap.Said;
import dev.hearth.token.Caller;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

@Tag("all-postgres")
class CallerSessionTest {

    private static final String CLAIMS = "{\"sub\":\"ann\",\"role\":\"authenticated\"}";
    private static final Caller ANN = new Caller("authenticated", CLAIMS, Optional.empty());
    private static final RequestSettings REQUEST =
            RequestSettings.of(
                    new Setting("request.method", "GET"),
                    new Setting("request.path", "/rest/v1/notes"),
                    new Setting("request.headers", "{\"x-a\":\"1\"}"),
                    new Setting("request.cookies", "{\"c\":\"2\"}"));
    private static final String WHO =
            "select current_user || ' ' || current_setting('request.jwt.claims') as who";

    private static TestDatabase database;
    private static WireTap tap;
    private static Database pools;

    @BeforeAll
    static void open() throws Exception {
        database = TestPostgres.cluster().createPlatformDatabase();
        database.execute(
                "create table public.notes (id int primary key, text text, tags text[], data jsonb,"
                        + " day date)",
                "insert into public.notes values (1, 'one', '{a,b}', '{\"k\":1}', '2026-01-01')",
                "grant select, insert on public.notes to authenticated");
        tap = new WireTap(database);
        pools = TappedPools.open(database, tap.url("authenticator"), 1);
        // Signing in is no round trip of a test.
        pools.session().close();
    }

    @AfterAll
    static void close() throws IOException {
        pools.close();
        tap.close();
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
                                select concat(current_setting('request.jwt.claims', true),
                                              current_setting('request.method', true),
                                              current_setting('request.path', true),
                                              current_setting('request.headers', true),
                                              current_setting('request.cookies', true))
                                """)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEmpty();
        }
    }

    @Test
    void aReadCostsOneRoundTripEveryTimeThatItRuns() throws SQLException {
        var read =
                new Command(
                        "select id::text, tags::text from notes where id = ? and tags @> ? and data"
                                + " ->> 'k' = ? and day < ?",
                        texts("1", "{a}", "1", "2026-02-01"));
        for (int round = 0; round < 12; round++) {
            tap.reset();
            List<Reply> replies = inOneFlush(read, Command.of(WHO));
            assertThat(tap.count(Said.SYNC)).as("round %d", round).isEqualTo(1);
            assertThat(tap.count(Said.SIMPLE)).isZero();
            assertThat(replies.get(3).text(0, "tags")).contains("{a,b}");
            assertThat(replies.get(4).text(0, "who")).contains("authenticated " + CLAIMS);
        }
    }

    @Test
    void aStatementIsParsedOnceForEachConnectionAfterItsTypesAreKnown() throws SQLException {
        var read = new Command("select 'parsed' from notes where id = ?", texts("1"));
        inOneFlush(read);
        inOneFlush(read);
        tap.reset();
        for (int round = 0; round < 10; round++) {
            inOneFlush(read);
        }

        assertThat(tap.count(Said.PARSE)).isZero();
        assertThat(tap.count(Said.DESCRIBE)).isZero();
        assertThat(tap.count(Said.EXECUTE)).isEqualTo(50);
    }

    @Test
    void anErrorIsFollowedByARollbackAndLeavesTheStatementsPrepared() throws SQLException {
        var read = new Command("select 10 / id as tenth from notes where id = ?", texts("1"));
        inOneFlush(read);
        inOneFlush(read);
        tap.reset();
        assertThatThrownBy(() -> inOneFlush(Command.of("select 1/0")))
                .hasMessageContaining("division by zero");
        assertThat(tap.count(Said.SYNC)).isEqualTo(2);
        tap.reset();
        inOneFlush(read);

        assertThat(tap.count(Said.PARSE)).isZero();
        assertThat(tap.count(Said.SYNC)).isEqualTo(1);
    }

    @Test
    void readsAValueAsTheTypeOfItsPlace() {
        assertThatThrownBy(
                        () ->
                                inOneFlush(
                                        new Command(
                                                "select 1 from notes where id = ?", texts("x"))))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22P02"));
    }

    @Test
    void takesEncodedTextOfEveryTypeThatABodyHas() throws SQLException {
        var body = ByteBuffer.wrap("{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8));
        var encoded = new Command.Value.Encoded(body);
        var command =
                new Command(
                        "select ?::json ->> 'a' as j, ?::jsonb ->> 'a' as b, length(?::text) as t,"
                                + " octet_length(?::bytea) as o",
                        List.of(encoded, encoded, encoded, new Command.Value.Binary(body)));
        for (int round = 0; round < 3; round++) {
            Reply reply = inOneFlush(command).get(3);
            assertThat(reply.text(0, "j")).contains("é");
            assertThat(reply.text(0, "b")).contains("é");
            assertThat(reply.text(0, "t")).contains("9");
            assertThat(reply.text(0, "o")).contains("10");
        }
    }

    @Test
    void leavesBytesThatAreNoUtf8ToTheDatabaseToRefuse() throws SQLException {
        var text = "select ?::json::text as j";
        var good = new Command.Value.Encoded(ByteBuffer.wrap(new byte[] {'1'}));
        var bad = new Command.Value.Encoded(ByteBuffer.wrap(new byte[] {'"', (byte) 0xff, '"'}));
        for (int round = 0; round < 2; round++) {
            assertThatThrownBy(() -> inOneFlush(new Command(text, List.of(bad))))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("22021"));
            inOneFlush(new Command(text, List.of(good)));
        }
    }

    @Test
    void givesBytesOfByteaAsTheyAre() throws SQLException {
        assertThat(inOneFlush(Command.of("select '\\x00ff'::bytea as raw")).get(3).first(0))
                .hasValueSatisfying(raw -> assertThat(raw).isEqualTo(new byte[] {0, (byte) 0xff}));
    }

    @Test
    void appliesTheIsolationThatIsAskedFor() throws SQLException {
        try (var session = pools.session()) {
            var commands =
                    new ArrayList<>(
                            pools.opening(
                                    ANN,
                                    RequestSettings.NONE,
                                    new Mode(true, Mode.Isolation.of("REPEATABLE READ"))));
            commands.add(
                    Command.of(
                            "select current_setting('transaction_isolation') || ' ' ||"
                                    + " current_setting('transaction_read_only') as mode"));
            assertThat(session.send(commands).get(3).text(0, "mode"))
                    .contains("repeatable read on");
        }
    }

    @Test
    void setsWhatIsKnownOfTheRequest() throws SQLException {
        assertThat(
                        inOneFlush(
                                        Command.of(
                                                "select concat_ws(' ',"
                                                        + " current_setting('request.method'),"
                                                        + " current_setting('request.path'),"
                                                        + " current_setting('request.headers'),"
                                                        + " current_setting('request.cookies')) as"
                                                        + " request"))
                                .get(3)
                                .text(0, "request"))
                .contains("GET /rest/v1/notes {\"x-a\":\"1\"} {\"c\":\"2\"}");
    }

    @Test
    void aRoleThatDoesNotExistIsTheDatabasesRefusal() {
        assertThatThrownBy(() -> inOneFlush(Caller.ofRole("nobody_such"), Command.of("select 1")))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"));
    }

    @Test
    void aRoleThatIsNotGrantedToTheLoginIsRefused() {
        assertThatThrownBy(() -> inOneFlush(Caller.ofRole("postgres"), Command.of("select 1")))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void aLostConnectionIsReplaced() throws SQLException {
        assertThatThrownBy(
                        () ->
                                inOneFlush(
                                        Command.of(
                                                "select pg_terminate_backend(pg_backend_pid())")))
                .isInstanceOf(SQLException.class);
        assertThat(inOneFlush(Command.of("select 'well' as state")).get(3).text(0, "state"))
                .contains("well");
    }

    @Test
    void setsTheSearchPathOfTheRequestBeforeTheRole() throws SQLException {
        RequestSettings settings =
                RequestSettings.of(
                        new Setting("request.method", "GET"),
                        new Setting("search_path", "\"auth\", \"public\""));
        try (var session = pools.session()) {
            var commands = new ArrayList<>(pools.opening(ANN, settings, Mode.READ));
            commands.add(Command.of("show search_path"));
            assertThat(session.send(commands).get(3).text(0, "search_path"))
                    .contains("\"auth\", \"public\"");
        }
    }

    @Test
    void aSessionThatIsClosedWithinATransactionLeavesNothing() throws SQLException {
        try (var session = pools.session()) {
            var commands = new ArrayList<>(pools.opening(ANN, RequestSettings.NONE, Mode.WRITE));
            commands.add(Command.of("insert into notes values (77)"));
            session.send(commands);
        }

        assertThat(database.ask("select count(*) from notes where id = 77")).isEqualTo("0");
        assertThat(inOneFlush(Command.of(WHO)).get(3).text(0, "who"))
                .contains("authenticated " + CLAIMS);
    }

    private static List<Reply> inOneFlush(Command... work) throws SQLException {
        return inOneFlush(ANN, work);
    }

    private static List<Reply> inOneFlush(Caller caller, Command... work) throws SQLException {
        try (var session = pools.session()) {
            var commands = new ArrayList<>(pools.opening(caller, REQUEST, Mode.READ));
            commands.addAll(List.of(work));
            commands.add(Command.of("commit"));
            return session.send(commands);
        }
    }

    private static List<Command.Value> texts(String... values) {
        return java.util.Arrays.stream(values).<Command.Value>map(Command.Value.Text::new).toList();
    }
}
