package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.database.SupportChatDatabase.Caller;
import dev.hearth.database.SupportChatDatabase.Outcome;
import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `hearth.create_scalar_mirror` on tables of all kinds.
@Tag("all-postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ScalarMirrorTest {
    @AutoClose private final SupportChatDatabase database = SupportChatDatabase.withoutChat();

    @AfterEach
    void clear() {
        database.clear();
    }

    private static final String EVERY_KIND =
            """
            create type mood as enum ('so so', 'fine');
            create domain short as varchar(10);
            create type pair as (a int, b int);
            create table things (
                id uuid primary key default gen_random_uuid(),
                label varchar(20), code char(4), nick short, count8 bigint, price numeric(8, 2),
                ratio real, done boolean, day date, at timestamptz, feeling mood,
                tags text[], moods mood[], facts jsonb, raw bytea, address inet, span int4range,
                two pair, wait interval, docs jsonb[],
                doubled bigint generated always as (count8 * 2) stored);
            grant select on things to anon, authenticated, service_role;
            """;

    @Test
    void saysWhatBecomesOfEveryColumnAndWhy() {
        database.run(EVERY_KIND);

        assertThat(
                        database.ask(
                                """
                                select concat_ws(' | ', source_column, mirror_column, reason)
                                from hearth.create_scalar_mirror('things', 'things_mirror')
                                """))
                .containsExactly(
                        "id | id | as it is",
                        "label | label | character varying(20) as text",
                        "code | code | character(4) as text",
                        "nick | nick | public.short as text",
                        "count8 | count8 | as it is",
                        "price | price | numeric(8,2) as numeric",
                        "ratio | ratio | as it is",
                        "done | done | as it is",
                        "day | day | as it is",
                        "at | at | as it is",
                        "feeling | feeling | public.mood as text",
                        "tags | tags_text | text[] as text, elements joined by commas",
                        "tags | tags_count | text[] as its number of elements",
                        "moods | moods_text | public.mood[] as text, elements joined by commas",
                        "moods | moods_count | public.mood[] as its number of elements",
                        "facts | jsonb is not a scalar type",
                        "raw | bytea is not a scalar type",
                        "address | inet is not a scalar type",
                        "span | int4range is not a scalar type",
                        "two | public.pair is not a scalar type",
                        "wait | interval is not a scalar type",
                        "docs | jsonb[] is not a scalar type",
                        "doubled | doubled | as it is");
    }

    @Test
    void fillsItWithTheRowsThatAreThereAndFollowsThem() {
        database.run(EVERY_KIND);
        database.run(
                "insert into things (label, count8, feeling, tags) values ('a', 1, 'fine',"
                        + " '{x,y}')");
        mirror("things", "{}");

        database.run(
                """
                update things set count8 = 5, tags = '{z}', feeling = 'so so';
                insert into things (label) values ('b');
                """);

        assertThat(
                        database.ask(
                                """
                                select concat_ws(' ', label, feeling, tags_text, tags_count, doubled)
                                from mirror order by label
                                """))
                .containsExactly("a so so z 1 10", "b");
    }

    @Test
    void aSecondCallChangesNothing() {
        database.run(EVERY_KIND);
        mirror("things", "{}");
        var before = database.ask(SupportChatFiles.CATALOG);

        mirror("things", "{}");

        assertThat(database.ask(SupportChatFiles.CATALOG)).isEqualTo(before);
    }

    @Test
    void aSecondCallTakesANewColumnAlong() {
        database.run(EVERY_KIND);
        database.run("insert into things (label) values ('a')");
        mirror("things", "{}");

        database.run("alter table things add column rank int default 7");
        mirror("things", "{}");

        assertThat(database.ask("select rank from mirror")).containsExactly("7");
        assertThat(published()).contains("rank");
    }

    @Test
    void publishesExactlyTheColumnsOfTheMirror() {
        database.run("create table t (id int primary key, tags text[], facts jsonb)");

        mirror("t", "{\"rename\": {\"tags_count\": \"tag_count\"}}");

        assertThat(published()).isEqualTo("{id,tags_text,tag_count}");
    }

    @Test
    void publishesNothingWhenAskedTo() {
        database.run("create table t (id int primary key)");

        mirror("t", "{\"publication\": null}");

        assertThat(database.ask("select 1 from pg_publication_tables")).isEmpty();
    }

    @Test
    void showsARowToWhoSeesItsSource() {
        database.run(
                """
                create table notes (id int primary key, owner_id uuid, words text[]);
                alter table notes enable row level security;
                create policy own on notes for select to authenticated
                    using (owner_id = (select auth.uid()));
                revoke all on notes from anon;
                insert into notes values (1, {ann}, '{a}'), (2, {bob}, '{b}');
                """);
        mirror("notes", "{}");

        assertThat(database.attempt(Caller.user("ann"), "select 1 from mirror where id = 1"))
                .isEqualTo(new Outcome.Rows(1));
        assertThat(database.attempt(Caller.user("ann"), "select 1 from mirror where id = 2"))
                .isEqualTo(new Outcome.Rows(0));
        assertThat(database.attempt(Caller.nobody(), "select 1 from mirror"))
                .isEqualTo(SupportChatDatabase.DENIED);
    }

    @Test
    void takesAPolicyOfTheCallersOwn() {
        database.run(
                """
                create table notes (id int primary key, secret boolean);
                grant select on notes to anon;
                insert into notes values (1, false), (2, true);
                """);
        mirror("notes", "{\"policies\": [{\"name\": \"plain ones\", \"using\": \"not secret\"}]}");

        assertThat(database.attempt(Caller.nobody(), "select 1 from mirror"))
                .isEqualTo(new Outcome.Rows(1));
    }

    @Test
    void givesARoleTheColumnsItReadsInTheSource() {
        database.run(
                """
                create table notes (id int primary key, title text, price int);
                revoke all on notes from anon, authenticated, service_role;
                grant select (id, title) on notes to anon;
                grant select (title) on notes to authenticated;
                """);
        mirror("notes", "{}");

        assertThat(
                        database.ask(
                                """
                                select concat_ws(' ', grantee, column_name, privilege_type)
                                from information_schema.column_privileges
                                where table_name = 'mirror' and grantee <> 'postgres' order by 1
                                """))
                .containsExactly("anon id SELECT", "anon title SELECT");
    }

    @Test
    void clientsMayWriteTheSourceButNotTheMirror() {
        database.run(
                """
                create table notes (id int primary key, title text);
                grant select, insert on notes to authenticated;
                """);
        mirror("notes", "{}");

        database.commit(Caller.user("ann"), "insert into notes values (1, 'a')");

        assertThat(database.ask("select title from mirror")).containsExactly("a");
        assertThat(database.attempt(Caller.user("ann"), "insert into mirror values (2, 'b')"))
                .isEqualTo(SupportChatDatabase.DENIED);
    }

    @Test
    void quotesEveryName() {
        database.run(
                """
                create schema "Odd ""one";
                create type "Odd ""one"."Mood" as enum ('fine');
                create table "Odd ""one"."weird ""name'; drop" (
                    "ID" int, "found" text collate "C", "new" text, "a.b" "Odd ""one"."Mood",
                    "100% %I" text[], primary key ("found", "ID") include ("new"));
                grant select on "Odd ""one"."weird ""name'; drop" to anon;
                insert into "Odd ""one"."weird ""name'; drop" values (1, 'f', 'n', 'fine', '{x,y}');
                """);
        database.run(
                """
                select hearth.create_scalar_mirror('"Odd ""one"."weird ""name''; drop"',
                    'Mirror "of', '{"maintenance": "Odd \\"one"}');
                update "Odd ""one"."weird ""name'; drop" set "ID" = 2, "new" = 'm';
                select "Odd ""one"."resync_Mirror ""of"();
                """);

        assertThat(database.ask("select m::text from \"Odd \"\"one\".\"Mirror \"\"of\" m"))
                .containsExactly("(2,f,m,fine,\"x,y\",2)");
        assertThat(database.ask("select drifted from \"Odd \"\"one\".\"Mirror \"\"of_drift\"()"))
                .containsExactly("f");
    }

    @Test
    void mirrorsAPartitionedTable() {
        database.run(
                """
                create table t (id int, day date, words text[], primary key (id, day))
                    partition by range (day);
                create table t_2026 partition of t for values from ('2026-01-01') to ('2027-01-01');
                create table t_2027 partition of t for values from ('2027-01-01') to ('2028-01-01');
                """);
        mirror("t", "{}");
        mirror("t", "{}");

        database.run(
                """
                insert into t values (1, '2026-05-05', '{a}');
                update t set day = '2027-05-05';
                """);

        assertThat(database.ask("select concat_ws(' ', id, day, words_text) from mirror"))
                .containsExactly("1 2027-05-05 a");
    }

    @Test
    void mirrorsATableThatIsAllKey() {
        database.run("create table t (a int, b uuid, primary key (b, a))");
        mirror("t", "{}");

        database.run("insert into t values (1, {ann}); update t set a = 2");

        assertThat(database.ask("select a from mirror")).containsExactly("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    create table t (id int)                                     | {} | 55000 | has no primary key
                    create table t (id jsonb primary key)                       | {} | 0A000 | not a scalar type
                    create table t (id int[] primary key)                       | {} | 0A000 | not a scalar type
                    create table t (id extensions.citext primary key)           | {} | 0A000 | not a scalar type
                    create view t as select 1 as id                             | {} | 42809 | is not a table
                    create table t (id int primary key)                         | {"colour": 1} | 22023 | has no option colour
                    create table t (id int primary key)                         | {"columns": "id"} | 22023 | columns is of type array
                    create table t (id int primary key)                         | {"columns": ["x"]} | 42703 | no column that a mirror can hold named x
                    create table t (id int primary key, j jsonb)                | {"columns": ["j"]} | 42703 | no column that a mirror can hold named j
                    create table t (id int primary key)                         | {"rename": {"x": "y"}} | 42703 | no column x to rename
                    create table t (id int primary key, a text[], a_text text)  | {} | 42701 | two columns named a_text
                    create table t (id int primary key)                         | {"readers": ["nobody"]} | 42704 | role nobody does not exist
                    create table t (id int primary key)                         | {"policies": [{"using": "true"}]} | 22023 | not a policy
                    create table t (id int primary key)                         | {"publication": "other"} | 42704 | publication other does not exist
                    create table t (id int primary key)                         | {"replica_identity": "full"} | 42P10 | REPLICA IDENTITY FULL
                    create table t (id int primary key); create table mirror () | {} | 42P07 | is not a mirror of table
                    """)
    void refusesByName(String preparation, String options, String sqlState, String message) {
        database.run(preparation.replace("extensions.citext", citext()));

        assertThatThrownBy(() -> mirror("t", options))
                .hasMessageContaining(message)
                .cause()
                .hasFieldOrPropertyWithValue("SQLState", sqlState);
    }

    private String citext() {
        database.run("create extension if not exists citext with schema extensions");
        return "extensions.citext";
    }

    @Test
    void refusesAMirrorWithForcedRowSecurity() {
        database.run("create table t (id int primary key)");
        mirror("t", "{}");
        database.run("alter table mirror force row level security");

        assertThatThrownBy(() -> mirror("t", "{}"))
                .hasMessageContaining("FORCE ROW LEVEL SECURITY")
                .hasMessageContaining("alter table public.mirror no force row level security");
    }

    @Test
    void refusesAMirrorWhoseReplicaIdentityBecameFull() {
        database.run("create table t (id int primary key)");
        mirror("t", "{}");
        database.run("alter table mirror replica identity full");

        assertThatThrownBy(() -> mirror("t", "{}"))
                .hasMessageContaining("alter table public.mirror replica identity default");
    }

    @Test
    void takesFullReplicaIdentityWithoutAColumnList() {
        database.run("create table t (id int primary key, a text)");
        mirror("t", "{\"replica_identity\": \"full\", \"column_list\": false}");

        database.run("insert into t values (1, 'a'); update t set a = 'b'; delete from t");

        assertThat(database.ask("select 1 from mirror")).isEmpty();
    }

    @Test
    void refusesAColumnThatItWouldNotHave() {
        database.run("create table t (id int primary key)");
        mirror("t", "{}");
        database.run("alter table mirror add column extra int");

        assertThatThrownBy(() -> mirror("t", "{}"))
                .hasMessageContaining(
                        "extra integer, which the mirror of table public.t would not");
    }

    @Test
    void refusedCallsLeaveNothingBehind() {
        database.run("create table t (id int primary key)");

        assertThatThrownBy(() -> mirror("t", "{\"publication\": \"other\"}")).isNotNull();

        assertThat(database.ask("select to_regclass('mirror')")).containsExactly("null");
    }

    @Test
    void leavesOutAVirtualGeneratedColumn() {
        assumeTrue(TestPostgres.major() >= 18);
        database.run(
                "create table t (id int primary key, twice int generated always as (id * 2)"
                        + " virtual)");

        assertThat(
                        database.ask(
                                """
                                select reason from hearth.create_scalar_mirror('t', 'mirror')
                                where not kept
                                """))
                .containsExactly("a virtual generated column has no value in a trigger");
    }

    private void mirror(String source, String options) {
        database.run(
                "select hearth.create_scalar_mirror('%s', 'mirror', '%s')"
                        .formatted(source, options.replace("'", "''")));
    }

    private String published() {
        return String.join(
                "",
                database.ask(
                        "select attnames from pg_publication_tables where tablename = 'mirror'"));
    }
}
