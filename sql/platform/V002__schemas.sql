-- Schemas, extensions and the search path.
--
-- Makes auth, storage and realtime, each owned by its own role, and extensions, where extensions are
-- installed so that public holds only users' objects; installs the extensions that migrations take for
-- granted; puts schema extensions on the search path of the database.
--
-- Needs more than an owner role with CREATE on the database, and is told as a warning when it could not
-- be done:
--   grant and revoke on schema public   the owner of the database, or a superuser
-- Without owning the database, the search path is set for the owner role only. Only a superuser's run
-- installs pg_stat_statements, sets app.settings.jwt_exp and makes hearth.create_extension.

set local client_min_messages = warning;

do $$
declare
    admin name;
    schema_name name;
begin
    for schema_name, admin in
        select * from (values ('auth', 'supabase_auth_admin'), ('storage', 'supabase_storage_admin'),
            ('realtime', 'supabase_realtime_admin')) as wanted
    loop
        if to_regnamespace(schema_name::text) is null then
            begin
                execute format('create schema %I authorization %I', schema_name, admin);
            exception when insufficient_privilege then
                execute format('create schema %I', schema_name);
                raise warning 'schema % belongs to %, since it may not act as %', schema_name, current_user, admin;
            end;
        end if;
    end loop;
end
$$;

create schema if not exists extensions;

do $$
declare
    developer constant name := hearth.developer();
    laid_by_superuser constant boolean := (select rolsuper from pg_roles where rolname = current_user);
    statement text;
begin
    if laid_by_superuser then
        execute format('alter schema public owner to %I', developer);
        execute format('grant all on database %I to %I', current_database(), developer);
        if current_user = 'supabase_admin' then
            -- The embedded server: users change settings of their database.
            execute format('alter database %I owner to %I', current_database(), developer);
        end if;
    end if;

    -- Only the owner of schema public may give rights on it: to others PostgreSQL says no more than that
    -- nothing was granted.
    foreach statement in array array[
        case when has_schema_privilege('public', 'public', 'create')
            then 'revoke create on schema public from public' end,
        case when not has_schema_privilege(developer, 'public', 'create')
            then format('grant usage, create on schema public to %I', developer) end,
        case when not has_schema_privilege('postgres', 'public', 'create')
            then 'grant usage, create on schema public to postgres' end,
        case when not has_schema_privilege('anon', 'public', 'usage')
            then 'grant usage on schema public to anon, authenticated, service_role' end
    ] loop
        if statement is null then
            continue;
        elsif pg_has_role((select nspowner from pg_namespace where nspname = 'public'), 'usage') then
            execute statement;
        else
            raise warning 'schema public is not ready for users'' objects. Have its owner or a superuser run: %;',
                statement;
        end if;
    end loop;

    execute format('grant all on schema extensions to %I with grant option', developer);
    grant usage on schema extensions to public;
end
$$;

-- Requests reach auth.uid(), policies on storage.objects and realtime.topic() through these.
do $$
declare
    developer constant name := hearth.developer();
    runner constant name := current_user;
    owned name;
begin
    foreach owned in array array['auth', 'storage', 'realtime']::name[] loop
        perform set_config('role', (select pg_get_userbyid(nspowner) from pg_namespace where nspname = owned), true);
        execute format('grant usage on schema %I to anon, authenticated, service_role, authenticator', owned);
        if developer <> current_user then
            execute format('grant usage on schema %I to %I with grant option', owned, developer);
        end if;
        perform set_config('role', runner, true);
    end loop;
end
$$;

do $$
declare
    extension text;
begin
    foreach extension in array array['uuid-ossp', 'pgcrypto', 'pg_stat_statements'] loop
        if extension = 'pg_stat_statements' and not (select rolsuper from pg_roles where rolname = current_user) then
            continue;
        elsif not exists (select from pg_available_extensions where name = extension) then
            raise warning 'this server lacks extension %', extension;
        else
            perform hearth.attempt(format('create extension if not exists %I with schema extensions', extension),
                format('extension %s is not installed', extension));
        end if;
    end loop;
end
$$;

do $$
declare
    database constant name := current_database();
    chosen constant text[] := array(
        select split_part(entry, '=', 1)
        from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase, unnest(s.setconfig) as entry
        where d.datname = current_database() and s.setrole in (0, current_user::regrole));
begin
    if 'search_path' <> all (chosen) then
        if pg_has_role((select datdba from pg_database where datname = database), 'usage') then
            execute format('alter database %I set search_path = "$user", public, extensions', database);
        else
            execute format('alter role %I in database %I set search_path = "$user", public, extensions',
                current_user, database);
        end if;
    end if;
    if 'app.settings.jwt_exp' <> all (chosen) and (select rolsuper from pg_roles where rolname = current_user) then
        -- Read by users' SQL. The secret that signs is not stored in the database.
        execute format('alter database %I set app.settings.jwt_exp = 3600', database);
    end if;
end
$$;

-- Contrib extensions that PostgreSQL keeps for superusers, and that hosted projects install as postgres.
-- The runner of migrations calls this when "create extension" as postgres is refused. Only those are
-- lent whose scripts call nothing that the developer could have put into the schema before: they run
-- as superuser.
do $body$
begin
    if (select rolsuper from pg_roles where rolname = current_user) then
        create or replace function hearth.create_extension(extension text, into_schema text default 'extensions')
            returns void
            language plpgsql
            security definer
            set search_path = pg_catalog, pg_temp
        as $$
        begin
            if extension <> all (array['autoinc', 'bloom', 'dblink', 'dict_xsyn',
                    'insert_username', 'moddatetime', 'pg_buffercache', 'pg_prewarm', 'pg_stat_statements',
                    'pg_walinspect', 'pgrowlocks', 'pgstattuple', 'postgres_fdw', 'refint', 'sslinfo']) then
                raise insufficient_privilege
                    using message = format('extension %s needs a superuser', extension);
            end if;
            execute format('create extension %I with schema %I', extension, into_schema);
            if extension = 'postgres_fdw' then
                execute format('grant usage on foreign data wrapper postgres_fdw to %I with grant option',
                    hearth.developer());
            end if;
        end
        $$;
        revoke all on function hearth.create_extension(text, text) from public;
        execute format('grant usage on schema hearth to %I', hearth.developer());
        execute format('grant execute on function hearth.developer() to %I', hearth.developer());
        execute format('grant execute on function hearth.create_extension(text, text) to %I', hearth.developer());
    end if;
end
$body$;
