package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.Secret;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.SQLException;
import java.util.Map;

/// What the platform's SQL leaves behind when a superuser lays it, as the embedded server does.
@Tag("all-postgres")
class PlatformSqlTest {

    @AutoClose private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = Databases.withPlatform(false);
    }

    private static final String USER = "11111111-1111-1111-1111-111111111111";

    @Test
    void runsAgainWithoutHarm() throws SQLException {
        Databases.migrations(database, MigrationProgress.silent()).platform(Map.of(), false);
    }

    @Test
    void completesWhatRanWithPsqlBefore() throws SQLException {
        try (var database = TestPostgres.cluster().createPlatformDatabase()) {
            Databases.migrations(database, MigrationProgress.silent()).platform(Map.of(), false);

            assertThat(database.ask("select count(*) > 8 from hearth.platform_history"))
                    .isEqualTo("t");
        }
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/platform-columns.txt", delimiter = ':')
    void hasTheColumnsOfTheHostedTables(String table, String columns) {
        assertThat(
                        database.ask(
                                """
                                select string_agg(attname, ' ' order by attnum) from pg_attribute
                                where attrelid = '%s'::regclass and attnum > 0\
                                """
                                        .formatted(table)))
                .isEqualTo(columns);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth.uid()", "auth.role()", "auth.email()", "auth.jwt()"})
    void readsNoCallerAsNull(String helper) throws SQLException {
        assertThat(Databases.ask(database, "postgres", "select " + helper)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth.uid()", "auth.role()", "auth.email()", "auth.jwt()"})
    void readsEmptySettingsAsNull(String helper) throws SQLException {
        assertThat(
                        Databases.ask(
                                database,
                                "postgres",
                                """
                                set request.jwt.claims = ''; set request.jwt.claim.sub = '';
                                set request.jwt.claim.role = ''; set request.jwt.claim.email = '';
                                set request.jwt.claim = ''; select %s\
                                """
                                        .formatted(helper)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "auth.uid()," + USER,
        "auth.role(),authenticated",
        "auth.email(),a@example.com",
        "auth.jwt() ->> 'aal',aal2"
    })
    void readsTheCallerFromTheClaims(String helper, String value) throws SQLException {
        assertThat(
                        Databases.ask(
                                database,
                                "postgres",
                                """
                                set request.jwt.claims = '{"sub": "%s", "role": "authenticated",
                                    "email": "a@example.com", "aal": "aal2"}'; select %s\
                                """
                                        .formatted(USER, helper)))
                .contains(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "storage.foldername('x/y/a.tar.gz')::text | {x,y}",
                "storage.foldername('a.txt')::text | {}",
                "storage.filename('x/y/a.tar.gz') | a.tar.gz",
                "storage.extension('x.y/a.tar.gz') | gz",
                "storage.extension('x.y/readme') | readme"
            })
    void partsAPath(String call, String value) throws SQLException {
        assertThat(Databases.ask(database, "postgres", "select " + call)).contains(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "storage.allow_only_operation('object.list') | t",
                "storage.allow_only_operation('storage.object.list') | t",
                "storage.allow_only_operation('') | f",
                "storage.allow_only_operation(null) | f",
                "storage.allow_any_operation(array['x', 'object.list']) | t",
                "storage.allow_any_operation(null) | f"
            })
    void comparesTheOperationThatAsks(String call, String value) throws SQLException {
        assertThat(
                        Databases.ask(
                                database,
                                "postgres",
                                "set storage.operation = 'storage.object.list'; select " + call))
                .contains(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anon | select from auth.users",
                "authenticated | select from auth.refresh_tokens",
                "service_role | select from auth.users",
                "anon | select hearth.expose_new_tables(true)",
                "anon | select realtime.create_message_partitions()",
                "anon | create table public.t ()",
                "postgres | alter role postgres superuser",
                "postgres | set role supabase_admin",
                "postgres | grant supabase_admin to postgres",
                "postgres | select hearth.expose_new_tables(true)",
                "supabase_auth_admin | create role another"
            })
    void refuses(String role, String statement) {
        assertThatThrownBy(
                        () ->
                                Databases.ask(
                                        database,
                                        TestPostgres.SUPERUSER,
                                        "set session authorization " + role + "; " + statement))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "42501");
    }

    @Test
    void keepsObjectsOfStorageFromBareDeletes() {
        assertThatThrownBy(
                        () ->
                                Databases.ask(
                                        database,
                                        "postgres",
                                        "delete from storage.objects where false"))
                .hasMessageContaining("Direct deletion from storage tables is not allowed.");
    }

    @ParameterizedTest
    @CsvSource({"mine/a.txt, PT200", "other/a.txt, 42501"})
    void saysWhetherAPolicyLetsAnObjectInAndLetsNoneIn(String name, String sqlState)
            throws SQLException {
        try (var connection = database.connect(TestPostgres.SUPERUSER);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("insert into storage.buckets (id, name) values ('b', 'b')");
            statement.execute(
                    """
                    create policy mine on storage.objects for insert to authenticated
                        with check ((storage.foldername(name))[1] = 'mine')\
                    """);
            statement.execute("set local role authenticated");
            var ask = "select storage.can_insert_object('b', '%s', null, '{}')".formatted(name);

            assertThatThrownBy(() -> statement.execute(ask))
                    .hasFieldOrPropertyWithValue("SQLState", sqlState);
            connection.rollback();
        }
        assertThat(database.ask("select count(*) from storage.objects")).isEqualTo("0");
    }

    @Test
    void sendsAMessageWithItsOwnId() throws SQLException {
        Databases.ask(
                database, "postgres", "select realtime.send('{\"a\": 1}', 'event', 'send:1')");

        assertThat(
                        database.ask(
                                """
                                select (payload ->> 'id')::uuid = id and private
                                    and inserted_at > now() at time zone 'utc' - interval '1 min'
                                from realtime.messages where topic = 'send:1'\
                                """))
                .isEqualTo("t");
    }

    @Test
    void goesOnWhenSendingFails() throws SQLException {
        Databases.ask(database, "postgres", "select realtime.send('[]', 'event', 'send:2')");

        assertThat(database.ask("select count(*) from realtime.messages where topic = 'send:2'"))
                .isEqualTo("0");
    }

    @Test
    void sendsBytes() throws SQLException {
        Databases.ask(database, "postgres", "select realtime.send_binary('\\x01', 'e', 'send:3')");

        assertThat(
                        database.ask(
                                "select binary_payload from realtime.messages where topic ="
                                        + " 'send:3'"))
                .isEqualTo("\\x01");
    }

    @ParameterizedTest
    @CsvSource({"TRUNCATE,ROW", "INSERT,STATEMENT"})
    void refusesToBroadcastWhatIsNoRow(String operation, String level) {
        assertThatThrownBy(
                        () ->
                                Databases.ask(
                                        database,
                                        "postgres",
                                        """
                                        select realtime.broadcast_changes('t', 'e', '%s', 't', 's',
                                            null::record, null::record, '%s')\
                                        """
                                                .formatted(operation, level)))
                .hasMessageContaining("Failed to process the row:");
    }

    @Test
    void makesPartitionsFromYesterdayToThreeDaysOn() throws SQLException {
        Databases.ask(database, "authenticator", "select realtime.create_message_partitions()");

        assertThat(
                        database.ask(
                                """
                                select count(*) from generate_series(-1, 3) as n
                                where to_regclass('realtime.messages_' || to_char(
                                    (now() at time zone 'utc') + n * interval '1 day',
                                    'YYYY_MM_DD')) is not null\
                                """))
                .isEqualTo("5");
    }

    @Test
    void dropsPartitionsOlderThanThreeDays() throws SQLException {
        try (var database = Databases.withPlatform(false)) {
            database.execute(
                    """
                    create table realtime.messages_2020_01_01 partition of realtime.messages
                        for values from ('2020-01-01') to ('2020-01-02');
                    alter table realtime.messages_2020_01_01 owner to supabase_realtime_admin\
                    """);
            Databases.migrations(database, MigrationProgress.silent()).messagePartitions();

            assertThat(
                            database.ask(
                                    """
                                    select count(*) from pg_inherits
                                    where inhparent = 'realtime.messages'::regclass\
                                    """))
                    .isEqualTo("5");
        }
    }

    @Test
    void publishesThroughTheRoot() {
        assertThat(
                        database.ask(
                                """
                                select pubviaroot and pubowner = 'postgres'::regrole
                                    and coalesce(to_jsonb(p) ->> 'pubgencols' = 's', true)
                                from pg_publication p where pubname = 'supabase_realtime'\
                                """))
                .isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void exposesNewTablesAsTold(boolean expose) throws SQLException {
        try (var database = Databases.withPlatform(!expose)) {
            Databases.migrations(database, MigrationProgress.silent()).platform(Map.of(), expose);
            Databases.ask(database, "postgres", "create table public.fresh (id serial)");

            assertThat(
                            database.ask(
                                    """
                                    select has_table_privilege('anon', 'public.fresh', 'insert')
                                        and has_sequence_privilege(
                                            'service_role', 'public.fresh_id_seq', 'usage')
                                        and hearth.exposes_new_tables('postgres')\
                                    """))
                    .isEqualTo(expose ? "t" : "f");
        }
    }

    @Test
    void setsPasswordsAsVerifiersOnly() throws SQLException {
        Databases.migrations(database, MigrationProgress.silent())
                .platform(Map.of("authenticator", new Secret("it's $ecret")), false);

        assertThat(
                        database.ask(
                                "select rolpassword from pg_authid where rolname ="
                                        + " 'authenticator'"))
                .startsWith("SCRAM-SHA-256$");
    }
}
