-- Roles: who may log in, whom a request acts as, and who owns what.
--
-- Makes schema hearth (our own bookkeeping), a few functions that the later files use to take a step
-- only as far as the caller's rights reach, every role that SQL written for Supabase names, who is a
-- member of what, and the settings of the login roles. Passwords never stand here: whoever runs
-- these files sets them afterwards with alter role.
--
-- Two situations. A superuser runs the files (the embedded server: supabase_admin): role postgres is
-- made without superuser and owns what users make. Or the owner of somebody's own database runs them,
-- with CREATEROLE and CREATE on the database: then that owner stands where postgres stands.
--
-- Needs more than an owner role with CREATEROLE, and is told as a warning with the statement that
-- mends it when it could not be done:
--   alter role ... bypassrls    PostgreSQL 15: superuser; 16 and later: an owner that has BYPASSRLS
--   alter role ... replication  PostgreSQL 15: superuser; 16 and later: an owner that has REPLICATION
--   grant pg_monitor, ...       ADMIN on them (16 and later)
-- On PostgreSQL 15 any role with CREATEROLE can grant itself pg_execute_server_program and so reach
-- the operating system; from 16 on it cannot. Only postgres has CREATEROLE here.

set local client_min_messages = warning;

create schema if not exists hearth;
revoke all on schema hearth from public;

-- The role that owns users' objects: postgres where a superuser laid the platform, else the owner role.
create or replace function hearth.developer() returns name
    language sql stable
    set search_path = pg_catalog
as $$
    select case when r.rolsuper then 'postgres' else r.rolname end
    from pg_namespace n join pg_roles r on r.oid = n.nspowner
    where n.nspname = 'hearth'
$$;

-- Runs one statement; where rights are missing, warns with that statement and goes on.
create or replace function hearth.attempt(statement text, purpose text) returns void
    language plpgsql
as $$
begin
    execute statement;
exception
    when insufficient_privilege or invalid_grant_operation then
        raise warning '% (%). Have a superuser run: %;', purpose, sqlerrm, statement;
end
$$;

-- Acts as the given role until the end of the transaction or until setting hearth.runner is taken on
-- again, so that it owns what is made; stays what it was, with a warning, when it may not.
create or replace function hearth.act_as(role_name name) returns void
    language plpgsql
as $$
begin
    perform set_config('hearth.runner', current_user, true);
    perform set_config('role', role_name, true);
exception
    when insufficient_privilege then
        raise warning 'objects stay with %, which may not act as %', current_user, role_name;
end
$$;

-- Makes a role that is missing, with what any CREATEROLE may give; then asks for each further attribute
-- that it lacks.
create or replace function hearth.ensure_role(role_name name, basic text, further text[], purpose text) returns void
    language plpgsql
as $$
declare
    attribute text;
begin
    if not exists (select from pg_roles where rolname = role_name) then
        begin
            execute format('create role %I %s', role_name, basic);
        exception
            -- Roles belong to the cluster: a run in another database of it may have been quicker.
            when duplicate_object or unique_violation then null;
        end;
    end if;
    foreach attribute in array further loop
        if not exists (
            select from pg_roles
            where rolname = role_name
              and (rolsuper or case attribute
                  when 'login' then rolcanlogin
                  when 'createdb' then rolcreatedb
                  when 'createrole' then rolcreaterole
                  when 'replication' then rolreplication
                  when 'bypassrls' then rolbypassrls
              end)
        ) then
            perform hearth.attempt(format('alter role %I %s', role_name, attribute), purpose);
        end if;
    end loop;
end
$$;

-- Makes a role a member of another, so that it inherits its rights and may act as it; nothing when it
-- is so already. PostgreSQL 16 split membership into inherit, set and admin; before, it was all or nothing.
create or replace function hearth.ensure_member(of_role name, member_name name, inherits boolean) returns void
    language plpgsql
as $$
declare
    modern constant boolean := current_setting('server_version_num')::int >= 160000;
begin
    if of_role = member_name or exists (select from pg_roles where rolname = member_name and rolsuper) then
        return;
    end if;
    -- The catalog is asked, not pg_has_role: indirect membership would hide that a direct one is missing.
    if exists (
        select from pg_auth_members m
        where m.roleid = (select oid from pg_roles where rolname = of_role)
          and m.member = (select oid from pg_roles where rolname = member_name)
          and (not modern or (
              (to_jsonb(m) ->> 'set_option')::boolean
              and (to_jsonb(m) ->> 'inherit_option')::boolean = inherits))
    ) then
        return;
    end if;
    perform hearth.attempt(
        format('grant %I to %I', of_role, member_name)
            || case when modern then format(' with inherit %s, set true', inherits::text) else '' end,
        format('%s is not a member of %s', member_name, of_role));
end
$$;

-- Lets a role grant another one on and change its settings (alter role anon set ...).
create or replace function hearth.ensure_admin(of_role name, member_name name) returns void
    language plpgsql
as $$
begin
    if of_role <> member_name and not pg_has_role(member_name, of_role, 'member with admin option') then
        perform hearth.attempt(
            format('grant %I to %I with admin option', of_role, member_name),
            format('%s cannot administer %s', member_name, of_role));
    end if;
end
$$;

-- A role's default for one setting, unless somebody has chosen one already.
create or replace function hearth.ensure_setting(role_name name, setting text, value text) returns void
    language plpgsql
as $$
begin
    if not exists (
        select from pg_db_role_setting s join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) as entry
        where r.rolname = role_name and s.setdatabase = 0 and split_part(entry, '=', 1) = setting
    ) then
        perform hearth.attempt(
            format('alter role %I set %s = %s', role_name, setting, value),
            format('%s has no %s', role_name, setting));
    end if;
end
$$;

revoke all on all functions in schema hearth from public;

do $$
declare
    laid_by_superuser constant boolean := (select rolsuper from pg_roles where rolname = current_user);
    of_role name;
    parameter text;
begin
    perform hearth.ensure_role('anon', 'nologin inherit', '{}', '');
    perform hearth.ensure_role('authenticated', 'nologin inherit', '{}', '');
    perform hearth.ensure_role('service_role', 'nologin inherit', '{bypassrls}',
        'service_role is held to row level security, so secret keys see no rows of users'' tables');
    perform hearth.ensure_role('authenticator', 'login noinherit', '{login}', 'the data API cannot log in');
    perform hearth.ensure_role('supabase_auth_admin', 'login noinherit', '{login}', 'auth cannot log in');
    perform hearth.ensure_role('supabase_replication_admin', 'login noinherit', '{login,replication}',
        'supabase_replication_admin cannot read the log, so realtime needs another role for it');
    perform hearth.ensure_role('supabase_storage_admin', 'nologin noinherit', '{}', '');
    perform hearth.ensure_role('supabase_realtime_admin', 'nologin noinherit', '{}', '');

    -- Named by dumps and by users' grants, otherwise without use or right here.
    foreach of_role in array array['supabase_admin', 'supabase_functions_admin', 'supabase_read_only_user',
            'supabase_etl_admin', 'dashboard_user', 'pgbouncer']::name[] loop
        perform hearth.ensure_role(of_role, 'nologin noinherit', '{}', '');
    end loop;

    if laid_by_superuser then
        perform hearth.ensure_role('postgres', 'login', '{createdb,createrole,replication,bypassrls}', '');
    else
        perform hearth.ensure_role('postgres', 'nologin', '{}', '');
    end if;

    foreach of_role in array array['anon', 'authenticated', 'service_role']::name[] loop
        perform hearth.ensure_member(of_role, 'authenticator', false);
        perform hearth.ensure_member(of_role, 'supabase_realtime_admin', false);
        perform hearth.ensure_member(of_role, hearth.developer(), true);
        perform hearth.ensure_admin(of_role, hearth.developer());
    end loop;
    perform hearth.ensure_member('authenticator', hearth.developer(), true);
    perform hearth.ensure_admin('authenticator', hearth.developer());

    -- As a member of the owners, the developer makes triggers on auth.users and policies on
    -- storage.objects and realtime.messages.
    foreach of_role in array array['supabase_auth_admin', 'supabase_storage_admin',
            'supabase_realtime_admin']::name[] loop
        perform hearth.ensure_member(of_role, hearth.developer(), true);
    end loop;

    if laid_by_superuser then
        foreach of_role in array array['pg_monitor', 'pg_read_all_data', 'pg_signal_backend']::name[] loop
            perform hearth.ensure_member(of_role, 'postgres', true);
        end loop;
    elsif not exists (select from pg_roles where rolname = 'postgres' and rolsuper) then
        -- SQL that people bring says "owner to postgres".
        perform hearth.ensure_member('postgres', hearth.developer(), true);
    end if;

    perform hearth.ensure_setting('anon', 'statement_timeout', '''3s''');
    perform hearth.ensure_setting('authenticated', 'statement_timeout', '''8s''');
    perform hearth.ensure_setting('authenticator', 'statement_timeout', '''8s''');
    perform hearth.ensure_setting('authenticator', 'lock_timeout', '''8s''');
    perform hearth.ensure_setting('supabase_auth_admin', 'search_path', 'auth');
    perform hearth.ensure_setting('supabase_auth_admin', 'idle_in_transaction_session_timeout', '60000');
    if laid_by_superuser then
        perform hearth.ensure_setting('postgres', 'search_path', '"$user", public, extensions');
        -- Migrations say: alter role authenticator set pgrst.db_max_rows = 500. Settings of no known module
        -- can be stored only by who was given them one by one.
        foreach parameter in array array['app.settings.jwt_exp', 'app.settings.jwt_secret',
                'pgrst.db_aggregates_enabled', 'pgrst.db_anon_role', 'pgrst.db_extra_search_path',
                'pgrst.db_hoisted_tx_settings', 'pgrst.db_max_rows', 'pgrst.db_plan_enabled',
                'pgrst.db_pre_request', 'pgrst.db_root_spec', 'pgrst.db_schemas', 'pgrst.db_tx_end',
                'pgrst.jwt_aud', 'pgrst.jwt_role_claim_key', 'pgrst.jwt_secret', 'pgrst.openapi_mode',
                'pgrst.openapi_security_active', 'pgrst.openapi_server_proxy_uri',
                'pgrst.server_cors_allowed_origins', 'pgrst.server_timing_enabled'] loop
            if not has_parameter_privilege('postgres', parameter, 'set') then
                execute format('grant set on parameter %s to postgres', parameter);
            end if;
        end loop;
    end if;

    if exists (select from pg_roles where rolname = hearth.developer() and rolsuper) then
        raise warning 'role % is a superuser: migrations, and functions that it owns with security definer, pass '
            'every check. Give users'' objects to a role without superuser', hearth.developer();
    end if;
end
$$;
