package dev.hearth.rest;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The tables and functions of [RandomMixTest]: people have items, both seen by policy; a journal
/// that users write; functions that leave behind whatever a function can.
final class MixSchema {

    static final int PEOPLE = 40;
    static final int ITEMS = 120;

    /// Users, as `sub` of a token.
    static final List<String> USERS =
            IntStream.range(0, 6)
                    .mapToObj("00000000-0000-0000-0000-00000000000%d"::formatted)
                    .toList();

    /// What a function may set for the session, with a value that would be seen in what follows.
    static final List<String> STAINS =
            List.of(
                    "search_path=pg_catalog",
                    "TimeZone=Asia/Tokyo",
                    "statement_timeout=11s",
                    "lock_timeout=12s",
                    "role=service_role",
                    "role=anon",
                    "request.jwt.claims={\"sub\":\"" + USERS.getFirst() + "\"}",
                    "request.method=LEFT",
                    "request.headers={\"left\":\"1\"}",
                    "response.status=418",
                    "response.headers=[{\"X-Left\":\"1\"}]",
                    "my.trace=left",
                    "default_transaction_read_only=on",
                    "default_transaction_isolation=serializable",
                    "default_transaction_deferrable=on",
                    "IntervalStyle=iso_8601",
                    "bytea_output=escape",
                    "extra_float_digits=-10",
                    "enable_seqscan=off",
                    "row_security=off",
                    "application_name=left",
                    "plan_cache_mode=force_generic_plan",
                    "standard_conforming_strings=on",
                    "transform_null_equals=on");

    private static final String TABLES =
            """
            create table public.people (
                id int primary key, name text not null, age int, owner uuid, shared boolean not null,
                score numeric, tags text[]);
            create table public.items (
                id int primary key, person_id int references public.people, title text, price int);
            create table public.journal (
                id bigint primary key generated always as identity,
                owner uuid not null default auth.uid(), line text not null check (line <> ''));
            insert into public.people select n, 'name ' || chr(97 + n % 7), nullif(n % 9, 0) * 10,
                ('00000000-0000-0000-0000-00000000000' || n % 6)::uuid, n % 4 = 0, n * 1.25,
                array[chr(97 + n % 3), chr(97 + n % 5)] from generate_series(1, %PEOPLE%) n;
            insert into public.items select n, nullif(n % 41, 0), 'item ' || n % 13, n * 7 % 50
                from generate_series(1, %ITEMS%) n;
            alter table public.people enable row level security;
            alter table public.items enable row level security;
            alter table public.journal enable row level security;
            create policy open_ones on public.people for select using (shared);
            create policy own_ones on public.people for all to authenticated
                using (owner = (select auth.uid()));
            create policy of_people on public.items for all using (
                exists (select from public.people where people.id = items.person_id));
            create policy own_lines on public.journal for all to authenticated
                using (owner = (select auth.uid()));
            grant select, insert, update, delete on public.people, public.items
                to anon, authenticated, service_role;
            grant select, insert, update, delete on public.journal to authenticated;
            """
                    .replace("%PEOPLE%", String.valueOf(PEOPLE))
                    .replace("%ITEMS%", String.valueOf(ITEMS));

    private static final String FUNCTIONS =
            """
            create function public.stain(kind int, fails boolean default false) returns int
                language plpgsql as $$ begin
                perform set_config((%1$s)[kind], (%2$s)[kind], false);
                if fails then
                    raise 'stained and failed';
                end if;
                return pg_backend_pid();
            end $$;
            create function public.stain_all() returns int language plpgsql as $$ begin
                for kind in 1 .. %3$d loop
                    perform public.stain(kind);
                end loop;
                return pg_backend_pid();
            end $$;
            create function public.run(statement text) returns int language plpgsql as $$ begin
                execute statement;
                return pg_backend_pid();
            end $$;
            create function public.fails(code text) returns int language plpgsql as $$ begin
                raise exception using errcode = code, message = 'on purpose';
            end $$;
            create function public.naps() returns int language plpgsql
                set statement_timeout = '20ms' as $$ begin
                perform set_config('my.trace', 'left', false);
                perform pg_sleep(30);
                return 1;
            end $$;
            create function public.adds(a int, b int) returns int language sql stable as
                'select a + b';
            create function public.probe() returns json language sql volatile as $$
                select json_build_object(
                    'pid', pg_backend_pid(),
                    'who', current_user,
                    'login', session_user,
                    'sub', nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub',
                    'method', current_setting('request.method', true),
                    'left', current_setting('request.headers', true)::json ->> 'left',
                    'trace', nullif(current_setting('my.trace', true), ''),
                    'status', nullif(current_setting('response.status', true), ''),
                    'headers', nullif(current_setting('response.headers', true), ''),
                    'settings', (select json_object_agg(name, setting order by name)
                        from pg_settings where source = 'session'),
                    'level', current_setting('transaction_isolation'),
                    'closed', current_setting('transaction_read_only')) $$;
            """
                    .replace("%1$s", array(0))
                    .replace("%2$s", array(1))
                    .replace("%3$d", String.valueOf(STAINS.size()));

    private MixSchema() {}

    private static String array(int side) {
        return STAINS.stream()
                .map(stain -> "'" + stain.split("=", 2)[side] + "'")
                .collect(Collectors.joining(", ", "array[", "]::text[]"));
    }

    static String[] statements() {
        return new String[] {TABLES, FUNCTIONS};
    }
}
