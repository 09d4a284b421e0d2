-- Schema storage: buckets, objects and unfinished uploads, and the functions that policies on them call.
--
-- Users write policies on these tables, join them, and seed buckets, so they are those of a hosted
-- project. Row level security is on without policies: anon and authenticated see nothing until users
-- say so. The bytes of an object are not here, so deleting rows by SQL would leave them behind: deletes
-- are refused unless setting storage.allow_delete_query is 'true'. Owned by supabase_storage_admin.
--
-- Needs no more than an owner role that is a member of supabase_storage_admin.

set local client_min_messages = warning;

do $$ begin perform hearth.act_as('supabase_storage_admin'); end $$;

do $$
begin
    if to_regtype('storage.buckettype') is null then
        create type storage.buckettype as enum ('STANDARD', 'ANALYTICS', 'VECTOR');
    end if;
end
$$;

create table if not exists storage.buckets (
    id text not null primary key,
    name text not null,
    owner uuid,
    created_at timestamptz default now(),
    updated_at timestamptz default now(),
    public boolean default false,
    avif_autodetection boolean default false,
    file_size_limit bigint,
    allowed_mime_types text[],
    owner_id text,
    type storage.buckettype not null default 'STANDARD',
    versioning_status text not null default 'DISABLED'
        constraint buckets_versioning_status_check check (versioning_status in ('DISABLED', 'ENABLED', 'SUSPENDED'))
        -- Versions of objects are not kept yet.
        constraint buckets_versioning_dark_check check (versioning_status = 'DISABLED'),
    constraint buckets_versioning_standard_only_check check (type = 'STANDARD' or versioning_status = 'DISABLED')
);
comment on column storage.buckets.owner is 'Superseded by owner_id, which also holds subjects that are no uuid.';
create unique index if not exists bname on storage.buckets (name);

create table if not exists storage.objects (
    id uuid not null default gen_random_uuid() primary key,
    bucket_id text constraint "objects_bucketId_fkey" references storage.buckets (id),
    name text,
    owner uuid,
    created_at timestamptz default now(),
    updated_at timestamptz default now(),
    last_accessed_at timestamptz default now(),
    metadata jsonb,
    path_tokens text[] generated always as (string_to_array(name, '/')) stored,
    version text,
    owner_id text,
    user_metadata jsonb,
    archived_at timestamptz,
    is_delete_marker boolean not null default false,
    is_versioned boolean not null default false
);
comment on column storage.objects.owner is 'Superseded by owner_id, which also holds subjects that are no uuid.';
create unique index if not exists bucketid_objname on storage.objects (bucket_id, name);
create index if not exists idx_objects_bucket_id_name on storage.objects (bucket_id, name collate "C");
create index if not exists idx_objects_bucket_id_name_lower on storage.objects (bucket_id, lower(name) collate "C");
create index if not exists name_prefix_search on storage.objects (name text_pattern_ops);

create table if not exists storage.s3_multipart_uploads (
    id text not null primary key,
    in_progress_size bigint not null default 0,
    upload_signature text not null,
    bucket_id text not null
        constraint s3_multipart_uploads_bucket_id_fkey references storage.buckets (id),
    key text collate "C" not null,
    version text not null,
    owner_id text,
    created_at timestamptz not null default now(),
    user_metadata jsonb,
    metadata jsonb
);
create index if not exists idx_multipart_uploads_list on storage.s3_multipart_uploads (bucket_id, key, created_at);

create table if not exists storage.s3_multipart_uploads_parts (
    id uuid not null default gen_random_uuid() primary key,
    upload_id text not null constraint s3_multipart_uploads_parts_upload_id_fkey
        references storage.s3_multipart_uploads (id) on delete cascade,
    size bigint not null default 0,
    part_number integer not null,
    bucket_id text not null
        constraint s3_multipart_uploads_parts_bucket_id_fkey references storage.buckets (id),
    key text collate "C" not null,
    etag text not null,
    owner_id text,
    version text not null,
    created_at timestamptz not null default now()
);

create table if not exists storage.migrations (
    id integer not null primary key,
    name varchar(100) not null unique,
    hash varchar(40) not null,
    executed_at timestamp default current_timestamp
);
comment on table storage.migrations is 'Filled only by a restored dump of a hosted project.';

do $$
declare
    storage_table regclass;
begin
    for storage_table in
        select c.oid from pg_class c
        where c.relnamespace = 'storage'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity
    loop
        execute format('alter table %s enable row level security', storage_table);
    end loop;
end
$$;

-- What policies call

-- 'x/y/a.tar.gz' gives {x,y}, 'a.txt' gives {}.
create or replace function storage.foldername(name text) returns text[]
    language sql immutable parallel safe
as $$
    select parts[1:array_length(parts, 1) - 1] from string_to_array(name, '/') as parts
$$;

-- The last segment of a path.
create or replace function storage.filename(name text) returns text
    language sql immutable parallel safe
as $$
    select parts[array_length(parts, 1)] from string_to_array(name, '/') as parts
$$;

-- What follows the last dot of the last segment; without a dot the whole segment.
create or replace function storage.extension(name text) returns text
    language sql immutable parallel safe
as $$
    select split_part(parts[array_length(parts, 1)], '.', -1) from string_to_array(name, '/') as parts
$$;

-- The operation of the storage API that asks, such as storage.object.upload.
create or replace function storage.operation() returns text
    language sql stable
as $$
    select current_setting('storage.operation', true)
$$;

-- Whether one of the named operations asks; 'object.upload' and 'storage.object.upload' are the same.
create or replace function storage.allow_any_operation(expected_operations text[]) returns boolean
    language sql stable
as $$
    select exists (
        select from unnest(expected_operations) as expected
        where expected <> ''
          and regexp_replace(expected, '^storage\.', '') = regexp_replace(storage.operation(), '^storage\.', '')
    )
$$;

create or replace function storage.allow_only_operation(expected_operation text) returns boolean
    language sql stable
as $$
    select storage.allow_any_operation(array[expected_operation])
$$;

create or replace function storage.get_size_by_bucket() returns table (size bigint, bucket_id text)
    language sql stable
as $$
    select sum((o.metadata ->> 'size')::bigint)::bigint, o.bucket_id from storage.objects o group by o.bucket_id
$$;

-- Triggers

create or replace function storage.update_updated_at_column() returns trigger
    language plpgsql
as $$
begin
    new.updated_at := now();
    return new;
end
$$;

create or replace function storage.enforce_bucket_name_length() returns trigger
    language plpgsql
as $$
begin
    if length(new.name) > 100 then
        raise exception 'bucket name "%" is too long (% characters). Max is 100.', new.name, length(new.name);
    end if;
    return new;
end
$$;

create or replace function storage.protect_delete() returns trigger
    language plpgsql
as $$
begin
    if current_setting('storage.allow_delete_query', true) is distinct from 'true' then
        raise insufficient_privilege using
            message = 'Direct deletion from storage tables is not allowed. Use the Storage API instead.',
            hint = 'The stored bytes would stay behind.';
    end if;
    return null;
end
$$;

create or replace trigger update_objects_updated_at before update on storage.objects
    for each row execute function storage.update_updated_at_column();
create or replace trigger enforce_bucket_name_length_trigger before insert or update of name on storage.buckets
    for each row execute function storage.enforce_bucket_name_length();
create or replace trigger protect_objects_delete before delete on storage.objects
    for each statement execute function storage.protect_delete();
create or replace trigger protect_buckets_delete before delete on storage.buckets
    for each statement execute function storage.protect_delete();

-- Rights: row level security is the guard, not the grants

grant all on storage.buckets, storage.objects to anon, authenticated, service_role;
grant select on storage.s3_multipart_uploads, storage.s3_multipart_uploads_parts to anon, authenticated;
grant all on storage.s3_multipart_uploads, storage.s3_multipart_uploads_parts to service_role;
grant execute on all functions in schema storage to anon, authenticated, service_role;
alter default privileges in schema storage grant all on tables to anon, authenticated, service_role;
alter default privileges in schema storage grant all on functions to anon, authenticated, service_role;
alter default privileges in schema storage grant all on sequences to anon, authenticated, service_role;

do $$
declare
    storage_table text;
begin
    -- A server that cannot give service_role BYPASSRLS: here, at least, policies stand in for it.
    if not (select rolbypassrls or rolsuper from pg_roles where rolname = 'service_role') then
        foreach storage_table in array array['buckets', 'objects', 's3_multipart_uploads',
                's3_multipart_uploads_parts'] loop
            execute format('drop policy if exists "service_role without bypassrls" on storage.%I', storage_table);
            execute format('create policy "service_role without bypassrls" on storage.%I to service_role '
                'using (true) with check (true)', storage_table);
        end loop;
    end if;
    perform set_config('role', current_setting('hearth.runner'), true);
end
$$;

do $$
declare
    developer constant name := hearth.developer();
begin
    perform hearth.act_as('supabase_storage_admin');
    if developer <> current_user then
        execute format('grant all on storage.buckets, storage.objects to %I with grant option', developer);
        execute format('grant all on storage.s3_multipart_uploads, storage.s3_multipart_uploads_parts, '
            'storage.migrations to %I', developer);
    end if;
    perform set_config('role', current_setting('hearth.runner'), true);
end
$$;
