-- auth.uid(), auth.role(), auth.email() and auth.jwt(): the caller, as policies read it.
--
-- Every request sets request.jwt.claims for its own transaction. Older servers set one setting a claim
-- (request.jwt.claim.sub); where such a one is set it counts. Once a custom setting was set locally, the
-- same session reads it as '' instead of null, so '' counts as unset everywhere.
-- Language sql, so that the planner inlines them; stable, so that (select auth.uid()) is asked once.
--
-- Needs no more than an owner role that is a member of supabase_auth_admin.

set local client_min_messages = warning;

do $$ begin perform hearth.act_as('supabase_auth_admin'); end $$;

create or replace function auth.uid() returns uuid
    language sql stable
as $$
    select coalesce(
        nullif(current_setting('request.jwt.claim.sub', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
    )::uuid
$$;

create or replace function auth.role() returns text
    language sql stable
as $$
    select coalesce(
        nullif(current_setting('request.jwt.claim.role', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
    )
$$;

create or replace function auth.email() returns text
    language sql stable
as $$
    select coalesce(
        nullif(current_setting('request.jwt.claim.email', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
    )
$$;

create or replace function auth.jwt() returns jsonb
    language sql stable
as $$
    select coalesce(
        nullif(current_setting('request.jwt.claim', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')
    )::jsonb
$$;

grant execute on function auth.uid(), auth.role(), auth.email(), auth.jwt() to anon, authenticated, service_role;

do $$ begin perform set_config('role', current_setting('hearth.runner'), true); end $$;
