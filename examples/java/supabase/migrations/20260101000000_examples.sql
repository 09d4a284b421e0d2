-- What the examples read and write: books for everybody, tasks of one's own, messages of a chat.

create table public.authors (
    id bigint primary key,
    name text not null
);

create table public.books (
    id bigint primary key,
    title text not null,
    published int not null,
    author_id bigint not null references public.authors (id)
);

create index books_author_idx on public.books (author_id);

insert into public.authors (id, name) values
    (1, 'Mary Shelley'), (2, 'Jules Verne'), (3, 'H. G. Wells');

insert into public.books (id, title, published, author_id) values
    (1, 'Frankenstein', 1818, 1),
    (2, 'The Last Man', 1826, 1),
    (3, 'Around the World in Eighty Days', 1872, 2),
    (4, 'The Mysterious Island', 1875, 2),
    (5, 'The Time Machine', 1895, 3);

alter table public.authors enable row level security;
alter table public.books enable row level security;

create policy "Everybody reads" on public.authors for select to anon, authenticated using (true);
create policy "Everybody reads" on public.books for select to anon, authenticated using (true);

create function public.books_between(first int, last int) returns setof public.books
    language sql stable
    begin atomic
        select * from public.books where published between first and last;
    end;

create function public.oldest_year() returns int
    language sql stable
    return (select min(published) from public.books);

create table public.tasks (
    id bigint generated always as identity primary key,
    owner uuid not null default auth.uid() references auth.users (id) on delete cascade,
    title text not null,
    done boolean not null default false,
    due date,
    unique (owner, title)
);

alter table public.tasks enable row level security;

create policy "Owners have their tasks" on public.tasks to authenticated
    using ((select auth.uid()) = owner)
    with check ((select auth.uid()) = owner);

create table public.messages (
    id bigint generated always as identity primary key,
    author uuid not null default auth.uid(),
    name text not null,
    body text not null,
    sent_at timestamptz not null default now()
);

alter table public.messages enable row level security;

create policy "Whoever is signed in reads" on public.messages for select to authenticated using (true);

create policy "Everybody writes in their own name" on public.messages for insert to authenticated
    with check ((select auth.uid()) = author);

grant select on public.authors, public.books to anon, authenticated;
grant select, insert, update, delete on public.tasks to authenticated;
grant select, insert on public.messages to authenticated;

alter publication supabase_realtime add table public.tasks, public.messages;

-- So that a deleted task is told to its owner only: without the old row no policy could judge it.
alter table public.tasks replica identity full;
