-- A small library that everybody may read, drafts that everybody may write, and diaries of their owners.

create table public.authors (
    id int primary key,
    name text not null,
    country text
);

create table public.books (
    id int primary key,
    title text not null,
    author_id int references public.authors (id),
    price numeric,
    in_print boolean,
    pages int4range,
    tags text[] not null default '{}',
    details jsonb not null default '{}',
    subtitle text
);

create table public.genres (
    id int primary key,
    name text not null
);

create table public.book_genres (
    book_id int references public.books (id),
    genre_id int references public.genres (id),
    primary key (book_id, genre_id)
);

insert into public.authors values (1, 'Ursula', 'US'), (2, 'Stanisław', 'PL'), (3, 'Nobody', null);

insert into public.books values
    (1, 'The Dispossessed', 1, 12.5, true, '[1,100)', '{moon,anarchy}', '{"year": 1974, "awards": ["Hugo", "Nebula"]}', 'An Ambiguous Utopia'),
    (2, 'Solaris', 2, 9, true, '[50,200)', '{ocean}', '{"year": 1961}', null),
    (3, 'Fiasco', 2, 15, false, '[200,300)', '{moon,contact}', '{"year": 1986}', null),
    (4, 'A Tale, (Unsold)', null, null, null, null, '{}', '{}', null);

insert into public.genres values (1, 'utopia'), (2, 'space');
insert into public.book_genres values (1, 1), (1, 2), (2, 2), (3, 2);

create table public.drafts (
    id int primary key,
    slug text unique,
    body text default 'empty',
    stars int
);

create table public.diaries (
    id int primary key,
    owner uuid not null default auth.uid(),
    body text
);
alter table public.diaries enable row level security;
create policy own on public.diaries to authenticated
    using ((select auth.uid()) = owner) with check ((select auth.uid()) = owner);

-- What is written is taken back between two scenarios.
create function public.refill() returns void language sql as $$
    truncate public.drafts;
    insert into public.drafts values (1, 'one', 'first', 5), (2, 'two', 'second', 3), (3, 'three', 'third', 1);
    truncate public.diaries;
    insert into public.diaries values (1, '00000000-0000-0000-0000-000000000001', 'of somebody else');
$$;

select public.refill();

create function public.add(a int, b int default 10) returns int
    language sql immutable as 'select a + b';

create function public.total(variadic numbers int[]) returns bigint
    language sql immutable as 'select sum(n) from unnest(numbers) n';

create function public.sum_of(numbers int[]) returns bigint
    language sql immutable as 'select sum(n) from unnest(numbers) n';

create function public.echo(payload jsonb) returns jsonb
    language sql immutable as 'select payload';

create function public.books_by(author int) returns setof public.books
    language sql stable as 'select * from public.books where author_id = author order by id';

create function public.titles() returns setof text
    language sql stable as 'select title from public.books order by id';

create function public.newest() returns public.books
    language sql stable as $$ select * from public.books order by details ->> 'year' desc nulls last limit 1 $$;

create function public.remove_drafts(stars_from int) returns setof public.drafts
    language sql as 'delete from public.drafts where stars >= stars_from returning *';

create function public.header(name text) returns text
    language sql stable as $$ select current_setting('request.headers', true)::json ->> name $$;

create function public.whoami() returns text
    language sql stable as 'select current_user';

create function public.refuse() returns void language plpgsql as $$
begin
    raise exception 'The library is closed' using detail = 'It is Sunday', hint = 'Come on Monday', errcode = 'PT423';
end $$;

-- Well from the second attempt on, or never.
create function public.busy(ever boolean default false) returns text language plpgsql stable as $$
begin
    if ever or public.header('x-retry-count') is null then
        perform set_config('response.status', '503', true);
        perform set_config('response.headers', '[{"Retry-After": "0"}]', true);
    end if;
    return 'attempt ' || coalesce(public.header('x-retry-count'), '0');
end $$;

create function public.wait(seconds float) returns void
    language sql stable as 'select pg_sleep(seconds)';

create schema archive;
create table archive.books (id int primary key, title text);
insert into archive.books values (1, 'Old');
grant usage on schema archive to anon, authenticated, service_role;
grant select on archive.books to anon, authenticated, service_role;
