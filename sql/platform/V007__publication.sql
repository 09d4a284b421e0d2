-- Publication supabase_realtime: the tables whose changes realtime delivers. Empty at first; users add
-- theirs with alter publication supabase_realtime add table ..., so it belongs to the developer role.
--
-- A change in a partitioned table is published as one of the root, so that subscriptions to the root
-- find it and the root's policies judge it. From PostgreSQL 18 on, stored generated columns go along.
--
-- Needs CREATE on the database and, to be of use, wal_level = logical, which only the server's
-- configuration can set (PostgreSQL warns here when it is not).

set local client_min_messages = warning;

do $$
declare
    developer constant name := hearth.developer();
    stored_columns constant boolean := current_setting('server_version_num')::int >= 180000;
    options constant text := 'publish_via_partition_root = true'
        || case when stored_columns then ', publish_generated_columns = stored' else '' end;
    found_publication jsonb := (select to_jsonb(p) from pg_publication p where p.pubname = 'supabase_realtime');
begin
    if found_publication is null then
        execute format('create publication supabase_realtime with (%s)', options);
    elsif not (found_publication ->> 'pubviaroot')::boolean
            or (stored_columns and found_publication ->> 'pubgencols' <> 's') then
        perform hearth.attempt(format('alter publication supabase_realtime set (%s)', options),
            'publication supabase_realtime was made by somebody else and leaves out what realtime needs');
    end if;
    if (select pubowner from pg_publication where pubname = 'supabase_realtime')
            <> (select oid from pg_roles where rolname = developer) then
        perform hearth.attempt(format('alter publication supabase_realtime owner to %I', developer),
            format('%s may not add tables to publication supabase_realtime', developer));
    end if;
end
$$;
