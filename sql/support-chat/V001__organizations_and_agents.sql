-- Makes who belongs where: organizations, their agents (profiles) and the visitors of their widgets (widget_sessions), with
-- the helpers of schema app that every later policy asks.
--
-- Why helpers: a policy that asks another guarded table runs that table's policies too, and one that asks its own runs
-- forever (42P17). The helpers read as their owner and give away one fact about the caller, nothing else. They are in a
-- schema that the API does not show. No policy reads request.headers: realtime has none.
--
-- Runs as postgres, owner of schema public, on a database that has the platform (roles, auth.users, auth.uid()). Safe to
-- run twice.

set local client_min_messages = warning;

create schema if not exists app;
revoke all on schema app from public;
grant usage on schema app to anon, authenticated, service_role;

create table if not exists public.organizations (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    slug text not null unique,
    settings jsonb not null default '{}',
    ai_enabled boolean not null default true,
    created_at timestamptz default now()
);

create table if not exists public.profiles (
    user_id uuid primary key references auth.users on delete cascade,
    organization_id uuid not null references public.organizations,
    full_name text not null,
    avatar_url text,
    role text default 'agent' check (role in ('owner', 'admin', 'agent')),
    availability text default 'offline' check (availability in ('online', 'away', 'offline')),
    is_online boolean not null default false,
    last_seen_at timestamptz,
    created_at timestamptz default now(),
    updated_at timestamptz default now()
);
create index if not exists profiles_organization_id_idx on public.profiles (organization_id);

-- Only the backend writes here: whoever could would choose the organization whose visitor they are.
create table if not exists public.widget_sessions (
    user_id uuid primary key references auth.users on delete cascade,
    organization_id uuid not null references public.organizations on delete cascade,
    visitor jsonb default '{}',
    created_at timestamptz default now(),
    last_seen_at timestamptz default now()
);
create index if not exists widget_sessions_organization_id_idx on public.widget_sessions (organization_id);

-- The organization that the caller is an agent of, or null.
create or replace function app.agent_org()
returns uuid
language sql stable security definer set search_path = '' as $function$
    select p.organization_id from public.profiles p where p.user_id = (select auth.uid())
$function$;

-- The organization whose widget the caller uses, or null.
create or replace function app.widget_org()
returns uuid
language sql stable security definer set search_path = '' as $function$
    select w.organization_id from public.widget_sessions w where w.user_id = (select auth.uid())
$function$;

-- Whether the caller is an agent of any organization.
create or replace function app.is_agent()
returns boolean
language sql stable security definer set search_path = '' as $function$
    select exists (select from public.profiles p where p.user_id = (select auth.uid()))
$function$;

revoke all on function app.agent_org(), app.widget_org(), app.is_agent() from public, anon, authenticated, service_role;
grant execute on function app.agent_org(), app.is_agent() to authenticated;
grant execute on function app.widget_org() to anon, authenticated;

create or replace function app.set_updated_at()
returns trigger
language plpgsql set search_path = '' as $function$
begin
    new.updated_at := now();
    return new;
end
$function$;
revoke all on function app.set_updated_at() from public, anon, authenticated, service_role;

create or replace trigger set_updated_at before update on public.profiles
    for each row execute function app.set_updated_at();

-- Grants are made from nothing: default privileges may have given all, TRUNCATE among them, which asks no policy.
revoke all on table public.organizations, public.profiles, public.widget_sessions from public, anon, authenticated, service_role;
grant select on table public.organizations, public.profiles to authenticated;
grant update (full_name, avatar_url, availability) on table public.profiles to authenticated;
grant select, insert, update, delete on table public.organizations, public.profiles, public.widget_sessions to service_role;

alter table public.organizations enable row level security;

drop policy if exists org_read_member on public.organizations;
create policy org_read_member on public.organizations for select to authenticated
    using (id = (select app.agent_org()) or id = (select app.widget_org()));

alter table public.profiles enable row level security;

drop policy if exists profiles_read_org on public.profiles;
create policy profiles_read_org on public.profiles for select to authenticated
    using (organization_id = (select app.agent_org()));

drop policy if exists profiles_update_self on public.profiles;
create policy profiles_update_self on public.profiles for update to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()));

-- No policy, on purpose: clients see and write nothing of it.
alter table public.widget_sessions enable row level security;
