-- Makes what happens inside a conversation: messages, read_receipts, typing_indicators and ai_suggestions.
--
-- Policies ask for a conversation that the caller can see, and leave it to the policies of conversations who that is. They
-- compare the organization too: a row names its own, and one that differs from its conversation's would show it to the
-- agents of another.
--
-- Runs as postgres after V002. Safe to run twice.

set local client_min_messages = warning;

create table if not exists public.messages (
    id uuid primary key default gen_random_uuid(),
    conversation_id uuid not null references public.conversations on delete cascade,
    organization_id uuid not null,
    content text not null,
    sender_type text not null check (sender_type in ('visitor', 'agent', 'ai', 'system')),
    sender_id uuid,
    sender_name text,
    sender_email text,
    attachments jsonb not null default '[]',
    metadata jsonb not null default '{}',
    -- Chosen by the client, so that a message sent twice is stored once.
    client_id text,
    delivery_status text not null default 'sent' check (delivery_status in ('sent', 'delivered', 'read')),
    created_at timestamptz not null default now()
);
create index if not exists messages_conversation_id_created_at_id_idx on public.messages (conversation_id, created_at, id);
create index if not exists messages_organization_id_created_at_idx on public.messages (organization_id, created_at);
create unique index if not exists messages_conversation_id_client_id_idx on public.messages (conversation_id, client_id)
    where client_id is not null;

revoke all on table public.messages from public, anon, authenticated, service_role;
grant select, insert on table public.messages to anon, authenticated;
grant select, insert, update, delete on table public.messages to service_role;

alter table public.messages enable row level security;

drop policy if exists messages_agent_select on public.messages;
create policy messages_agent_select on public.messages for select to authenticated
    using (organization_id = (select app.agent_org()));

-- Without the conversation an agent could write into another organization's, under the name of their own.
drop policy if exists messages_agent_insert on public.messages;
create policy messages_agent_insert on public.messages for insert to authenticated
    with check (
        organization_id = (select app.agent_org())
        and sender_type = 'agent'
        and sender_id = (select auth.uid())
        and exists (
            select from public.conversations c
            where c.id = messages.conversation_id and c.organization_id = messages.organization_id));

drop policy if exists messages_widget_select on public.messages;
create policy messages_widget_select on public.messages for select to anon, authenticated
    using (conversation_id in (select c.id from public.conversations c where c.widget_user_id = (select auth.uid())));

drop policy if exists messages_widget_insert on public.messages;
create policy messages_widget_insert on public.messages for insert to anon, authenticated
    with check (
        sender_type = 'visitor'
        and (sender_id is null or sender_id = (select auth.uid()))
        and exists (
            select from public.conversations c
            where c.id = messages.conversation_id
              and c.organization_id = messages.organization_id
              and c.widget_user_id = (select auth.uid())
              and c.status <> 'closed'));

-- The first time counts: the key refuses a second receipt and clients may not change one (on conflict do nothing).
create table if not exists public.read_receipts (
    message_id uuid not null references public.messages on delete cascade,
    user_id uuid not null,
    conversation_id uuid not null,
    read_at timestamptz not null default now(),
    primary key (message_id, user_id)
);
create index if not exists read_receipts_conversation_id_idx on public.read_receipts (conversation_id);

revoke all on table public.read_receipts from public, anon, authenticated, service_role;
grant select, insert on table public.read_receipts to authenticated;
grant select, insert, update, delete on table public.read_receipts to service_role;

alter table public.read_receipts enable row level security;

drop policy if exists receipts_participants on public.read_receipts;
create policy receipts_participants on public.read_receipts for select to authenticated
    using (exists (select from public.conversations c where c.id = read_receipts.conversation_id));

drop policy if exists receipts_participants_insert on public.read_receipts;
create policy receipts_participants_insert on public.read_receipts for insert to authenticated
    with check (
        user_id = (select auth.uid())
        and exists (
            select from public.messages m
            where m.id = read_receipts.message_id and m.conversation_id = read_receipts.conversation_id));

create table if not exists public.typing_indicators (
    conversation_id uuid not null references public.conversations on delete cascade,
    -- The id of the user who types, or ai.
    user_key text not null,
    organization_id uuid not null,
    display_name text,
    is_typing boolean not null,
    updated_at timestamptz default now(),
    expires_at timestamptz default now() + interval '3 seconds',
    primary key (conversation_id, user_key)
);
create index if not exists typing_indicators_expires_at_idx on public.typing_indicators (expires_at);

revoke all on table public.typing_indicators from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.typing_indicators to anon, authenticated, service_role;

alter table public.typing_indicators enable row level security;

drop policy if exists typing_participants on public.typing_indicators;
create policy typing_participants on public.typing_indicators for all to anon, authenticated
    using (exists (select from public.conversations c where c.id = typing_indicators.conversation_id))
    with check (
        user_key = (select auth.uid())::text
        and exists (
            select from public.conversations c
            where c.id = typing_indicators.conversation_id and c.organization_id = typing_indicators.organization_id));

-- The policy above shows all rows of the conversation, and so would let one participant take over or delete another's.
drop policy if exists typing_update_own on public.typing_indicators;
create policy typing_update_own on public.typing_indicators as restrictive for update to anon, authenticated
    using (user_key = (select auth.uid())::text);

drop policy if exists typing_delete_own on public.typing_indicators;
create policy typing_delete_own on public.typing_indicators as restrictive for delete to anon, authenticated
    using (user_key = (select auth.uid())::text);

create table if not exists public.ai_suggestions (
    id uuid primary key default gen_random_uuid(),
    conversation_id uuid references public.conversations on delete cascade,
    organization_id uuid,
    message_id uuid references public.messages on delete set null,
    content text,
    status text default 'new' check (status in ('new', 'used', 'dismissed')),
    created_at timestamptz default now()
);
create index if not exists ai_suggestions_organization_id_idx on public.ai_suggestions (organization_id);
create index if not exists ai_suggestions_conversation_id_idx on public.ai_suggestions (conversation_id);
create index if not exists ai_suggestions_message_id_idx on public.ai_suggestions (message_id);

revoke all on table public.ai_suggestions from public, anon, authenticated, service_role;
grant select, update on table public.ai_suggestions to authenticated;
grant select, insert, update, delete on table public.ai_suggestions to service_role;

alter table public.ai_suggestions enable row level security;

drop policy if exists suggestions_agents on public.ai_suggestions;
create policy suggestions_agents on public.ai_suggestions for select to authenticated
    using (organization_id = (select app.agent_org()));

drop policy if exists suggestions_agents_update on public.ai_suggestions;
create policy suggestions_agents_update on public.ai_suggestions for update to authenticated
    using (organization_id = (select app.agent_org()))
    with check (organization_id = (select app.agent_org()));
