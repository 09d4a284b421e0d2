-- Makes conversations, guarded so that agents work with those of their organization and visitors read and open their own.
--
-- Why there is no policy for a visitor's UPDATE: visitors and agents share the role authenticated, so column grants cannot
-- tell them apart, and a policy alone would let a visitor change status, tags or assignment. Such changes go through the
-- backend; a visitor's UPDATE changes no row and is no error.
--
-- Runs as postgres after V001. Safe to run twice.

set local client_min_messages = warning;

do $$
begin
    if to_regtype('public.conversation_status') is null then
        create type public.conversation_status as enum ('open', 'pending', 'resolved', 'closed');
    end if;
    if to_regtype('public.conversation_priority') is null then
        create type public.conversation_priority as enum ('low', 'normal', 'high', 'urgent');
    end if;
end
$$;

create table if not exists public.conversations (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations,
    -- A visitor or agent who leaves does not take the conversation along.
    widget_user_id uuid references auth.users on delete set null,
    customer_name text,
    customer_email text,
    customer jsonb not null default '{}',
    -- Taken by the backend from the connection, never from the client.
    customer_ip inet,
    subject text,
    status public.conversation_status not null default 'open',
    priority public.conversation_priority not null default 'normal',
    channel text not null default 'widget' check (channel in ('widget', 'email', 'api')),
    tags text[] not null default '{}',
    metadata jsonb not null default '{}',
    ai_metadata jsonb not null default '{}',
    assignment_metadata jsonb not null default '{}',
    assigned_agent_id uuid references public.profiles (user_id) on delete set null,
    ai_mode text not null default 'auto' check (ai_mode in ('auto', 'paused', 'handover')),
    last_message_at timestamptz,
    -- The first 140 characters of the newest message.
    last_message_preview text,
    -- Counts what agents have not read.
    unread_count integer not null default 0,
    first_response_at timestamptz,
    resolved_at timestamptz,
    -- Given by the visitor when the conversation is closed.
    rating integer check (rating between 1 and 5),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index if not exists conversations_organization_id_updated_at_idx on public.conversations (organization_id, updated_at desc);
create index if not exists conversations_widget_user_id_idx on public.conversations (widget_user_id);
create index if not exists conversations_assigned_agent_id_idx on public.conversations (assigned_agent_id);

create or replace trigger set_updated_at before update on public.conversations
    for each row execute function app.set_updated_at();

-- anon has them so that a caller without identity gets an empty list, and an UPDATE of no row, rather than an error.
revoke all on table public.conversations from public, anon, authenticated, service_role;
grant select, insert, update on table public.conversations to anon, authenticated;
grant select, insert, update, delete on table public.conversations to service_role;

alter table public.conversations enable row level security;

drop policy if exists conversations_agent_all on public.conversations;
create policy conversations_agent_all on public.conversations for all to authenticated
    using (organization_id = (select app.agent_org()))
    with check (organization_id = (select app.agent_org()));

drop policy if exists conversations_widget_select on public.conversations;
create policy conversations_widget_select on public.conversations for select to anon, authenticated
    using (widget_user_id = (select auth.uid()));

drop policy if exists conversations_widget_insert on public.conversations;
create policy conversations_widget_insert on public.conversations for insert to anon, authenticated
    with check (widget_user_id = (select auth.uid()) and organization_id = (select app.widget_org()));
