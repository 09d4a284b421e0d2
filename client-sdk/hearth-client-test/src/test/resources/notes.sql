create table public.notes (
    id bigint generated always as identity primary key,
    owner uuid not null default auth.uid(),
    body text not null
);
alter table public.notes enable row level security;
create policy "each their own" on public.notes to authenticated
    using (owner = auth.uid()) with check (owner = auth.uid());
grant select, insert, update, delete on public.notes to authenticated;
alter publication supabase_realtime add table public.notes;
