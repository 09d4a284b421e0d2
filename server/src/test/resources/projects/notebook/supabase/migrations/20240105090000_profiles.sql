-- A profile for every user, made by a trigger on auth.users.
create extension if not exists "uuid-ossp" with schema extensions;
create extension if not exists citext with schema extensions;

create type public.plan as enum ('free', 'team');

create table public.profiles (
    id uuid not null references auth.users on delete cascade,
    nickname citext unique,
    initials text generated always as (upper(left(id::text, 2))) stored,
    plan public.plan not null default 'free',
    updated_at timestamptz default now(),
    primary key (id),
    constraint nickname_length check (char_length(nickname::text) >= 2)
);

alter table public.profiles enable row level security;

create policy "Profiles are seen by all" on public.profiles for select using (true);
create policy "Users change their own" on public.profiles
    for update to authenticated using ((select auth.uid()) = id) with check ((select auth.uid()) = id);

create function public.handle_new_user() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into public.profiles (id, nickname) values (new.id, new.raw_user_meta_data ->> 'nickname');
    return new;
end;
$$;

create trigger on_auth_user_created
    after insert on auth.users
    for each row execute procedure public.handle_new_user();
