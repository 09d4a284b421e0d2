-- Schema realtime: messages that the database sends, their daily partitions, and the functions that send.
--
-- Policies on realtime.messages say who may read and write private channels, so row level security is on
-- and without policies everything private is refused. Partitions are named messages_YYYY_MM_DD after the
-- day in UTC; a day without one loses what is sent, so the server makes them at start and daily.
-- Owned by supabase_realtime_admin.
--
-- Needs no more than an owner role that is a member of supabase_realtime_admin.

set local client_min_messages = warning;

do $$ begin perform hearth.act_as('supabase_realtime_admin'); end $$;

create table if not exists realtime.messages (
    topic text not null,
    extension text not null,
    payload jsonb,
    event text,
    private boolean default false,
    updated_at timestamp not null default (now() at time zone 'utc'),
    inserted_at timestamp not null default (now() at time zone 'utc'),
    id uuid not null default gen_random_uuid(),
    binary_payload bytea,
    constraint messages_payload_exclusive check (payload is null or binary_payload is null),
    primary key (id, inserted_at)
) partition by range (inserted_at);
alter table realtime.messages enable row level security;
create index if not exists messages_inserted_at_topic_index on realtime.messages (inserted_at desc, topic)
    where extension = 'broadcast' and private is true;

do $$
begin
    if to_regtype('realtime.equality_op') is null then
        create type realtime.equality_op as enum ('eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'in',
            'like', 'ilike', 'is', 'match', 'imatch', 'isdistinct');
    end if;
    if to_regtype('realtime.user_defined_filter') is null then
        create type realtime.user_defined_filter as
            (column_name text, op realtime.equality_op, value text, negate boolean);
    end if;
end
$$;

-- Immutable only so that a generated column may call it.
create or replace function realtime.to_regrole(role_name text) returns regrole
    language sql immutable
as $$
    select role_name::regrole
$$;

create table if not exists realtime.subscription (
    id bigint generated always as identity constraint pk_subscription primary key,
    subscription_id uuid not null,
    entity regclass not null,
    filters realtime.user_defined_filter[] not null default '{}',
    claims jsonb not null,
    claims_role regrole not null generated always as (realtime.to_regrole(claims ->> 'role')) stored,
    created_at timestamp not null default (now() at time zone 'utc'),
    action_filter text default '*' constraint subscription_action_filter_check
        check (action_filter in ('*', 'INSERT', 'UPDATE', 'DELETE')),
    selected_columns text[]
);
comment on table realtime.subscription is 'Stays empty: subscriptions live in the server. Tools look for it.';
create unique index if not exists subscription_subscription_id_entity_filters_action_filter_selec
    on realtime.subscription (subscription_id, entity, filters, action_filter, coalesce(selected_columns, '{}'));
create index if not exists ix_realtime_subscription_entity on realtime.subscription (entity);

create table if not exists realtime.schema_migrations (
    version bigint not null primary key,
    inserted_at timestamp(0)
);
comment on table realtime.schema_migrations is 'Filled only by a restored dump of a hosted project.';

-- Partitions

create or replace function realtime.create_message_partitions() returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    today constant date := (now() at time zone 'utc')::date;
    first_day date;
    partition_name text;
begin
    for first_day in select today + n from generate_series(-1, 3) as n loop
        partition_name := 'messages_' || to_char(first_day, 'YYYY_MM_DD');
        if to_regclass(format('realtime.%I', partition_name)) is null then
            begin
                execute format('create table realtime.%I partition of realtime.messages for values from (%L) to (%L)',
                    partition_name, first_day, first_day + 1);
            exception
                -- Another server was quicker.
                when duplicate_table or invalid_object_definition or unique_violation then null;
            end;
        end if;
    end loop;
end
$$;

-- Drops partitions whose last moment is older than 72 hours; says how many.
create or replace function realtime.drop_message_partitions() returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    partition_name text;
    dropped integer := 0;
begin
    for partition_name in
        select c.relname
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'realtime.messages'::regclass
          and c.relname ~ '^messages_\d{4}_\d{2}_\d{2}$'
          and to_date(right(c.relname, 10), 'YYYY_MM_DD') + 1 <= (now() at time zone 'utc') - interval '72 hours'
    loop
        execute format('drop table if exists realtime.%I', partition_name);
        dropped := dropped + 1;
    end loop;
    return dropped;
end
$$;

revoke all on function realtime.create_message_partitions(), realtime.drop_message_partitions() from public;
grant execute on function realtime.create_message_partitions(), realtime.drop_message_partitions()
    to authenticator, supabase_replication_admin;

do $$ begin perform realtime.create_message_partitions(); end $$;

-- Sending from SQL

-- The topic that a policy on realtime.messages is asked about.
create or replace function realtime.topic() returns text
    language sql stable
as $$
    select nullif(current_setting('realtime.topic', true), '')
$$;

-- Sends a message at commit. Never fails the transaction: what goes wrong is a warning.
create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true)
    returns void
    language plpgsql
as $$
declare
    message_id constant uuid := gen_random_uuid();
begin
    perform set_config('realtime.topic', topic, true);
    insert into realtime.messages (id, payload, event, topic, private, extension)
    values (
        message_id,
        case when payload ? 'id' then payload else jsonb_set(payload, '{id}', to_jsonb(message_id)) end,
        event, topic, private, 'broadcast');
exception
    when others then
        raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end
$$;

create or replace function realtime.send_binary(payload bytea, event text, topic text, private boolean default true)
    returns void
    language plpgsql
as $$
begin
    perform set_config('realtime.topic', topic, true);
    insert into realtime.messages (id, binary_payload, event, topic, private, extension)
    values (gen_random_uuid(), payload, event, topic, private, 'broadcast');
exception
    when others then
        raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end
$$;

-- Called from a row trigger: sends the changed row, before and after, on a private topic.
create or replace function realtime.broadcast_changes(
    topic_name text, event_name text, operation text, table_name text, table_schema text,
    new record, old record, level text default 'ROW')
    returns void
    language plpgsql
as $$
begin
    if level = 'STATEMENT' then
        raise exception 'function can only be triggered for each row, not for each statement';
    end if;
    if operation is null or operation not in ('INSERT', 'UPDATE', 'DELETE') then
        raise exception 'Unexpected operation type: %', operation;
    end if;
    perform realtime.send(
        jsonb_build_object('operation', operation, 'table', table_name, 'schema', table_schema,
            'record', new, 'old_record', old),
        event_name, topic_name);
exception
    when others then
        raise exception 'Failed to process the row: %', sqlerrm;
end
$$;

-- Rights

grant select, insert, update on realtime.messages to anon, authenticated, service_role;
grant select on realtime.subscription to anon, authenticated, service_role;
grant execute on function realtime.topic(), realtime.send(jsonb, text, text, boolean),
    realtime.send_binary(bytea, text, text, boolean),
    realtime.broadcast_changes(text, text, text, text, text, record, record, text),
    realtime.to_regrole(text)
    to anon, authenticated, service_role;

do $$
begin
    -- A server that cannot give service_role BYPASSRLS: here, at least, a policy stands in for it.
    if not (select rolbypassrls or rolsuper from pg_roles where rolname = 'service_role') then
        drop policy if exists "service_role without bypassrls" on realtime.messages;
        create policy "service_role without bypassrls" on realtime.messages to service_role
            using (true) with check (true);
    end if;
    perform set_config('role', current_setting('hearth.runner'), true);
end
$$;

do $$
declare
    developer constant name := hearth.developer();
begin
    perform hearth.act_as('supabase_realtime_admin');
    if developer <> current_user then
        execute format('grant select, insert, update on realtime.messages to %I with grant option', developer);
        execute format('grant execute on function realtime.create_message_partitions(), '
            'realtime.drop_message_partitions() to %I', developer);
    end if;
    perform set_config('role', current_setting('hearth.runner'), true);
end
$$;
