package dev.hearth.rest.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.SQLException;

@Tag("all-postgres")
class FingerprintTest {

    @AutoClose private static TestDatabase database;

    @BeforeAll
    static void fill() {
        database = TestPostgres.cluster().createPlatformDatabase();
        database.execute(
                """
                create table public.t (id int primary key, a int default 1, b text);
                create table public.named (id int);
                create table public.filled (id int);
                create table public.parted (day date) partition by range (day);
                create view public.v as select id from public.t;
                create function public.f(a int) returns int language sql as 'select 1';
                create type public.mood as enum ('sad');
                create domain public.color as int;
                create function public.color_json(public.color) returns json language sql
                    as 'select to_json($1)';
                create function public.nothing() returns trigger language plpgsql
                    as 'begin return null; end'\
                """);
    }

    private static String fingerprint() throws SQLException {
        try (Connection connection = database.connect(Fixture.READER)) {
            return Fingerprint.read(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create schema another",
                "create table public.more (id int)",
                "alter table public.named rename to renamed",
                "alter table public.t add column c int",
                "alter table public.t rename column a to z; alter table public.t rename z to a",
                "alter table public.t drop column b; alter table public.t add column b text",
                "alter table public.t alter column a set not null",
                "alter table public.t alter column a set default 2",
                "alter table public.t add constraint referring foreign key (a) references public.t",
                "create or replace view public.v as select id, a from public.t",
                "create or replace function public.f(a int) returns int language sql as 'select 2'",
                "create function public.f(a int, b int) returns int language sql as 'select 2'",
                "alter type public.mood add value 'happy'",
                "set client_min_messages = error; create cast (public.color as json) with function"
                        + " public.color_json(public.color) as implicit",
                "create trigger on_insert instead of insert on public.v for each row execute"
                        + " function public.nothing()",
                "comment on table public.t is 'Said'",
                "comment on function public.f(int) is 'Said'"
            })
    void changesWithWhatTheCatalogHolds(String change) throws SQLException {
        String before = fingerprint();
        database.execute(change);
        assertThat(fingerprint()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "insert into public.filled values (1)",
                "truncate public.filled",
                "analyze public.t",
                "create temporary table passing (id int primary key)",
                "create table public.parted_2025 partition of public.parted"
                        + " for values from ('2025-01-01') to ('2026-01-01')",
                "create index on public.t (b)",
                "grant select on public.t to anon"
            })
    void staysTheSameWithWhatItDoesNot(String change) throws SQLException {
        String before = fingerprint();
        database.execute(change);
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void isNotNeededWhereATriggerNotifiesTheChannel() throws SQLException {
        try (var database = TestPostgres.cluster().createPlatformDatabase();
                var connection = database.connect(Fixture.READER)) {
            assertThat(Fingerprint.unneeded(connection, "pgrst")).isTrue();
            assertThat(Fingerprint.unneeded(connection, "other")).isFalse();
            database.execute("alter event trigger pgrst_ddl_watch disable");
            assertThat(Fingerprint.unneeded(connection, "pgrst")).isFalse();
            database.execute("drop event trigger pgrst_ddl_watch");
            assertThat(Fingerprint.unneeded(connection, "pgrst")).isFalse();
        }
    }
}
