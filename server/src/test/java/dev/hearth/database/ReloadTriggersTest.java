package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The event triggers that tell the data API of changes.
@Tag("all-postgres")
class ReloadTriggersTest {

    @AutoClose private static TestDatabase database;

    @BeforeAll
    static void fill() {
        database = TestPostgres.cluster().createPlatformDatabase();
        database.execute(
                """
                set role postgres;
                create table public.t (id int primary key);
                create table public.doomed (id int primary key);
                create function public.doomed() returns int language sql as 'select 1';
                create view public.v as select id from public.t\
                """);
    }

    /// What is notified by a statement of the developer, up to a marker that is sent behind it.
    private static List<String> notified(String statement) throws SQLException {
        try (Connection listening = database.connect("postgres");
                Connection changing = database.connect("postgres")) {
            execute(listening, "listen pgrst");
            execute(changing, statement);
            execute(changing, "notify pgrst, 'marker'");
            var payloads = new ArrayList<String>();
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!payloads.contains("marker") && System.nanoTime() < deadline) {
                PGNotification[] some = listening.unwrap(PGConnection.class).getNotifications(1000);
                if (some != null) {
                    Arrays.stream(some).map(PGNotification::getParameter).forEach(payloads::add);
                }
            }
            return payloads;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table public.made (id int)",
                "create table public.made_from as select 1 as one",
                "select 1 as one into public.selected",
                "alter table public.t add column a int",
                "alter table public.t rename to s; alter table public.s rename to t",
                "create or replace view public.v as select id from public.t where id > 0",
                "create materialized view public.m as select 1 as one",
                "create function public.f() returns int language sql as 'select 1'",
                "alter function public.doomed() stable",
                "create type public.mood as enum ('sad')",
                "create domain public.color as int",
                "comment on table public.t is 'Said'",
                "create schema made",
                "drop table public.doomed",
                "drop function public.doomed()"
            })
    void tellOfWhatTheDataApiServes(String statement) throws SQLException {
        assertThat(notified(statement)).containsExactly("reload schema", "marker");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create temporary table passing (id int)",
                "create temporary table passing (id int); drop table passing",
                "insert into public.t (id) values (1)",
                "create index on public.t (id)",
                "grant select on public.t to anon",
                "begin; create table public.undone (id int); rollback"
            })
    void sayNothingOfTheRest(String statement) throws SQLException {
        assertThat(notified(statement)).containsExactly("marker");
    }

    @Test
    void areLeftAsTheyAreWhereTheyExist() throws SQLException {
        try (var database = TestPostgres.cluster().createDatabase()) {
            database.execute(
                    """
                    create function public.own() returns event_trigger language plpgsql
                        as $$ begin notify pgrst; end $$;
                    create event trigger pgrst_ddl_watch on ddl_command_end
                        execute function public.own()\
                    """);
            Databases.migrations(database, MigrationProgress.silent()).platform(Map.of(), false);
            assertThat(
                            database.ask(
                                    """
                                    select evtfoid::regproc from pg_event_trigger
                                    where evtname = 'pgrst_ddl_watch'\
                                    """))
                    .isEqualTo("own");
        }
    }
}
