-- Notes that only their owner sees, each change of them sent to the owner's browsers.

create table public.notes (
    id bigint generated always as identity primary key,
    owner uuid not null default auth.uid() references auth.users (id) on delete cascade,
    body text not null check (char_length(body) between 1 and 200),
    created_at timestamptz not null default now()
);

create index notes_owner_idx on public.notes (owner);

alter table public.notes enable row level security;

grant select, insert, update, delete on public.notes to authenticated;

create policy "Owners have their notes" on public.notes to authenticated
    using ((select auth.uid()) = owner)
    with check ((select auth.uid()) = owner);

alter publication supabase_realtime add table public.notes;
