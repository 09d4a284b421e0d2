-- hearth.expose_new_tables(boolean): whether what is made in schema public from now on may be reached by
-- requests without a grant, so that row level security is the only guard.
--
-- The server calls it at each start with setting HEARTH_AUTO_EXPOSE_NEW_TABLES; until then PostgreSQL's own
-- defaults hold: tables and sequences are closed. What exists already is not touched. Functions can be
-- executed by everybody in either case, as PostgreSQL grants that to PUBLIC.
--
-- Needs no more than an owner role: it sets the defaults of that role and of postgres where it is a member.

set local client_min_messages = warning;

create or replace function hearth.expose_new_tables(expose boolean) returns void
    language plpgsql
    set search_path = pg_catalog
as $$
declare
    maker name;
    kind text;
begin
    for maker in
        select distinct rolname from pg_roles
        where rolname in ('postgres', hearth.developer(), current_user)
          and pg_has_role(current_user, oid, 'usage')
    loop
        foreach kind in array array['tables', 'sequences', 'functions'] loop
            execute format('alter default privileges for role %I in schema public %s all on %s %s %s',
                maker,
                case when expose then 'grant' else 'revoke' end,
                kind,
                case when expose then 'to' else 'from' end,
                'anon, authenticated, service_role');
        end loop;
    end loop;
end
$$;

-- Whether tables that the given role makes in schema public are exposed.
create or replace function hearth.exposes_new_tables(maker name default hearth.developer()) returns boolean
    language sql stable
    set search_path = pg_catalog
as $$
    select exists (
        select from pg_default_acl d, aclexplode(d.defaclacl) as granted
        where d.defaclnamespace = 'public'::regnamespace
          and d.defaclobjtype = 'r'
          and d.defaclrole = (select oid from pg_roles where rolname = maker)
          and granted.grantee = (select oid from pg_roles where rolname = 'anon'))
$$;

revoke all on function hearth.expose_new_tables(boolean), hearth.exposes_new_tables(name) from public;
