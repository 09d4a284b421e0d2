-- storage.can_insert_object: whether the caller's rights and policies let an object of this name into a bucket.
--
-- Tries the insert and always fails: with PT200 and the message ROLLBACK where it was allowed, else with what refused it
-- (42501 by a policy). The functions that list objects for the storage API come with that API.
--
-- Needs no more than an owner role that is a member of supabase_storage_admin.

set local client_min_messages = warning;

do $$ begin perform hearth.act_as('supabase_storage_admin'); end $$;

create or replace function storage.can_insert_object(bucketid text, name text, owner uuid, metadata jsonb)
    returns void
    language plpgsql
as $$
begin
    insert into storage.objects (bucket_id, name, owner, metadata) values ($1, $2, $3, $4);
    raise exception using errcode = 'PT200', message = 'ROLLBACK', detail = 'the insert was allowed and is taken back';
end
$$;
grant execute on function storage.can_insert_object(text, text, uuid, jsonb) to anon, authenticated, service_role;

do $$ begin perform set_config('role', current_setting('hearth.runner'), true); end $$;
