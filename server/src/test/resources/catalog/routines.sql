create schema api;
create schema private;
create type api.pair as (a int, b text);
create table api.films (id int primary key, title text);
create domain api.positive as int check (value > 0);
create domain api.better_pair as api.pair;

create function api.plain(a int, b text) returns int immutable language sql as 'select 1';
comment on function api.plain(int, text) is 'Plain and simple';
create function api.defaults(a int, b text default 'x', c bit(4) default b'0101', d char(2) default 'ab')
    returns text stable language sql as $$ select '' $$;
create function api.overloaded() returns int language sql as 'select 0';
create function api.overloaded(a int, b int) returns int language sql as 'select 2';
create function api.overloaded(a text) returns int language sql as 'select 1';
create function api.overloaded(a int) returns int language sql as 'select 1';
create function api.many(a int, variadic rest text[]) returns int language sql as 'select 1';
create function api.unnamed(json) returns json language sql as 'select $1';
create function api.unnamed_number(int) returns int language sql as 'select $1';
create function api.unnamed_two(json, json) returns json language sql as 'select $1';
create function api.outs(out z int, a int, inout b text, out c date) language sql
    as $$ select 1, 'x', '2025-01-01'::date $$;
create function api.one_out(a int, out b int) language sql as 'select 1';
create function api.a_table(a int) returns table (x int, y text) language sql as $$ select 1, 'x' $$;
create function api.nothing() returns void language sql as '';
create function api.a_film() returns api.films language sql as 'select * from api.films';
create function api.films_of() returns setof api.films language sql as 'select * from api.films';
create function api.numbers() returns setof int language sql as 'select 1';
create function api.a_positive() returns api.positive language sql as 'select 1';
create function api.a_better_pair() returns api.better_pair language sql as $$ select row(1, 'x')::api.better_pair $$;
create function api.records() returns setof record language sql as 'select 1, 2';
create function api.typed(a api.films, b api.positive[], c timestamptz) returns int language sql as 'select 1';
create function api.hoisted() returns int language sql
    set statement_timeout = '5s' set work_mem = '8MB' set default_transaction_isolation = 'REPEATABLE READ'
    as 'select 1';
create function api.serial() returns int language sql
    set default_transaction_isolation = 'serializable' as 'select 1';
create function api.on_change() returns trigger language plpgsql as 'begin return null; end';
create procedure api.a_procedure() language sql as '';
create aggregate api.an_aggregate(int) (sfunc = int4pl, stype = int);
create function private.hidden() returns int language sql as 'select 1';
create function api."Größe mit ""Namen"""("ein Wert" int) returns int language sql as 'select 1';
