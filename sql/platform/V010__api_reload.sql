-- Event triggers pgrst_ddl_watch and pgrst_drop_watch: tell the data API that tables, views, functions,
-- types or comments have changed, by notify pgrst, 'reload schema', which arrives when the change is
-- committed. Names and payload are those of the hosted platform, so that whoever has them there, or tells
-- the data API by hand, finds the same here.
--
-- PostgreSQL 15 to 18 let nobody but a superuser make event triggers: run by another role, this file makes
-- nothing, and the server looks for changes every few seconds instead. Triggers of these names that exist
-- are left as they are.

set local client_min_messages = warning;

do $body$
begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
        return;
    end if;

    if not exists (select from pg_event_trigger where evtname = 'pgrst_ddl_watch') then
        create or replace function extensions.pgrst_ddl_watch() returns event_trigger
            language plpgsql
            set search_path = ''
        as $$
        begin
            if exists (
                select from pg_catalog.pg_event_trigger_ddl_commands() as command
                where command.schema_name is distinct from 'pg_temp'
                  and command.command_tag = any ('{
                      CREATE SCHEMA, ALTER SCHEMA,
                      CREATE TABLE, CREATE TABLE AS, SELECT INTO, ALTER TABLE,
                      CREATE FOREIGN TABLE, ALTER FOREIGN TABLE,
                      CREATE VIEW, ALTER VIEW, CREATE MATERIALIZED VIEW, ALTER MATERIALIZED VIEW,
                      CREATE RULE, CREATE TRIGGER,
                      CREATE FUNCTION, ALTER FUNCTION, ALTER ROUTINE, CREATE AGGREGATE, ALTER AGGREGATE,
                      CREATE TYPE, ALTER TYPE, CREATE DOMAIN, ALTER DOMAIN, CREATE CAST,
                      COMMENT}'::text[])) then
                notify pgrst, 'reload schema';
            end if;
        end
        $$;
        create event trigger pgrst_ddl_watch on ddl_command_end
            execute function extensions.pgrst_ddl_watch();
    end if;

    if not exists (select from pg_event_trigger where evtname = 'pgrst_drop_watch') then
        create or replace function extensions.pgrst_drop_watch() returns event_trigger
            language plpgsql
            set search_path = ''
        as $$
        begin
            if exists (
                select from pg_catalog.pg_event_trigger_dropped_objects() as dropped
                where not dropped.is_temporary
                  and dropped.object_type = any ('{
                      schema, table, foreign table, view, materialized view, rule, trigger,
                      function, aggregate, type, cast}'::text[])) then
                notify pgrst, 'reload schema';
            end if;
        end
        $$;
        create event trigger pgrst_drop_watch on sql_drop
            execute function extensions.pgrst_drop_watch();
    end if;
end
$body$;
