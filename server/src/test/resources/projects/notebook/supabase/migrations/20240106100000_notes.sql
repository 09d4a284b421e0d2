create extension if not exists moddatetime schema extensions;

create table public.notes (
    id uuid primary key default uuid_generate_v4(),
    author uuid not null default auth.uid() references public.profiles (id) on delete cascade,
    title text not null check (title <> ''),
    body jsonb not null default '{}',
    tags text[] not null default '{}',
    created_at timestamptz not null default timezone('utc'::text, now()),
    updated_at timestamptz not null default now()
);

create index notes_author_idx on public.notes using btree (author);
create index notes_tags_idx on public.notes using gin (tags);

create trigger handle_updated_at before update on public.notes
    for each row execute procedure moddatetime (updated_at);

alter table public.notes enable row level security;
create policy "Authors have their notes" on public.notes
    using (auth.uid() = author and (auth.jwt() ->> 'is_anonymous')::boolean is not true);

-- The text holds what splitters stumble over: it's; "quoted"; $$ and -- no comment
comment on table public.notes is 'What''s written; by whom -- and $$ why';

alter publication supabase_realtime add table public.notes;
alter table public.notes replica identity full;
