-- Functions of every shape, for the tests of calls.

create table public.clients (id int primary key, name text);
create table public.cases (id int primary key, title text, client int references public.clients);
insert into public.clients values (1, 'Ann'), (2, 'Bob');
insert into public.cases values (1, 'lost key', 1), (2, 'late train', 1), (3, 'wet coat', 2);
create table public.log (line text);
grant all on all tables in schema public to anon, authenticated, service_role;

-- What they return.
create function public.greet(name text) returns text language sql stable as $$
    select 'Hello, ' || name $$;
create function public.answer() returns int language sql immutable as 'select 42';
create function public.nobody() returns text language sql stable as 'select null::text';
create function public.note(line text) returns void language sql as $$
    insert into public.log values (line) $$;
create function public.first_case() returns public.cases language sql stable as $$
    select * from public.cases order by id limit 1 $$;
create function public.no_case() returns public.cases language sql stable as $$
    select * from public.cases where false $$;
create function public.cases_after(after int default 0) returns setof public.cases
    language sql stable as $$ select * from public.cases where id > after order by id $$;
create function public.numbers(up_to int) returns setof int language sql stable as $$
    select * from generate_series(1, up_to) $$;
create function public.sizes() returns table (label text, size int) language sql stable as $$
    values ('small', 1), ('large', 2) $$;
create function public.halves(whole int, out low int, out high int) language sql stable as $$
    select whole / 2, whole - whole / 2 $$;
create function public.doubled(inout number int) language sql stable as 'select number * 2';
create function public.page() returns json language sql stable as $$ select '{"a":[1]}'::json $$;
create function public.list() returns text[] language sql stable as $$ select array['a', 'b'] $$;

-- What they are given.
create function public.kinds_of(
    flag boolean, day date, tags text[], doc jsonb, size int default 7
) returns text language sql stable as $$
    select concat_ws(' ', flag, day, array_to_string(tags, '+'), doc ->> 'a', size) $$;
create function public.sum_of(variadic numbers int[]) returns bigint language sql stable as $$
    select sum(number) from unnest(numbers) number $$;
create function public.joined(variadic words text[] default '{none}') returns text
    language sql stable as $$ select array_to_string(words, '-') $$;
create function public."Odd Name"("the value" int) returns int language sql stable as $$
    select "the value" + 1 $$;
create function public.padded(short character(3)) returns text language sql stable as $$
    select '[' || short || ']' $$;

-- One parameter without a name.
create function public.take_json(json) returns json language sql stable as 'select $1';
create function public.take_text(text) returns text language sql stable as 'select $1';
create function public.take_bytes(bytea) returns int language sql stable as 'select length($1)';
create function public.take_xml(xml) returns text language sql stable as $$
    select (xpath('/a/text()', $1))[1]::text $$;
create function public.take_number(int) returns int language sql stable as 'select $1';

-- Several of one name.
create function public.search(word text) returns text language sql stable as $$
    select 'word ' || word $$;
create function public.search(word text, language text) returns text language sql stable as $$
    select language || ' word ' || word $$;
create function public.search() returns text language sql stable as $$ select 'nothing' $$;
create function public.find(key int) returns text language sql stable as $$ select 'int' $$;
create function public.find(key text) returns text language sql stable as $$ select 'text' $$;
create function public.put(a int, b int default 2) returns int language sql stable as $$
    select a + b $$;
create function public.put(jsonb) returns jsonb language sql stable as $$ select $1 $$;

-- Not to be called.
create procedure public.work() language sql as 'select 1';
create function public.on_change() returns trigger language plpgsql as 'begin return new; end';
create function public.locked() returns int language sql stable as 'select 1';
revoke execute on function public.locked() from public, anon, authenticated;

-- Writes where it must not.
create function public.sly(line text) returns void language plpgsql stable as $$
begin
    perform public.note(line);
end $$;

-- Reads or sets what the request is about.
create function public.setting(name text) returns text language sql stable as $$
    select current_setting(name, true) $$;
create function public.set_answer(headers text default null, status text default null)
    returns text language plpgsql as $$
begin
    perform set_config('response.headers', headers, true) where headers is not null;
    perform set_config('response.status', status, true) where status is not null;
    return 'set';
end $$;
create function public.change_cases(count int) returns setof public.cases language sql as $$
    update public.cases set title = 'x' where id <= count returning * $$;
create function public.change_one() returns int language sql as $$
    update public.cases set title = 'x' where id = 1 returning id $$;
