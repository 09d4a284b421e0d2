-- Makes hearth.publish_table(table, columns, publication): puts one table into a publication, with or without a column
-- list, and leaves every other table of it alone.
--
-- Why: PostgreSQL takes several combinations at ALTER PUBLICATION that make every later UPDATE and DELETE of the table
-- fail. They are refused here instead, before anything is changed, with the statement that mends them.
--
-- Needs no more than an owner role. The functions run with the rights of their caller, who must own table and
-- publication. Safe to run twice.

set local client_min_messages = warning;

-- The columns that PostgreSQL writes to the log to say which row an UPDATE or DELETE met: primary key, chosen index, or
-- all (REPLICA IDENTITY FULL). Empty when the table has none.
create or replace function hearth.replica_identity_columns(target regclass)
returns table (attribute smallint, column_name name, generated "char")
language sql stable set search_path = '' as $function$
    select a.attnum, a.attname, a.attgenerated
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.oid = target
      and (c.relreplident = 'f'
           or exists (
               select from pg_catalog.pg_index i
               where i.indrelid = c.oid
                 and a.attnum = any ((i.indkey::int2[])[0:i.indnkeyatts - 1])
                 and (c.relreplident = 'd' and i.indisprimary or c.relreplident = 'i' and i.indisreplident)))
    order by a.attnum
$function$;

-- Raises when an UPDATE or DELETE of the table would fail, or lose its key, once it is published like this.
create or replace function hearth.check_publishable(target regclass, published name[], publication name)
returns void
language plpgsql stable set search_path = '' as $function$
declare
    is_full boolean := (select c.relreplident = 'f' from pg_catalog.pg_class c where c.oid = target);
    -- Since 18 stored generated columns are published when the publication says so or the list names them; before, never.
    sends_stored boolean := false;
    offender text;
begin
    if current_setting('server_version_num')::int >= 180000 then
        execute 'select p.pubgencols = ''s'' from pg_catalog.pg_publication p where p.pubname = $1'
            into sends_stored using publication;
    end if;

    if is_full and published is not null then
        raise exception 'table % has REPLICA IDENTITY FULL and cannot be published with a column list', target
            using errcode = '42P10',
                detail = 'Every UPDATE and DELETE of the table would fail with 42P10.',
                hint = format('alter table %s replica identity default; or publish it without a column list.', target);
    end if;

    if not exists (select from hearth.replica_identity_columns(target)) then
        raise exception 'table % has no replica identity', target
            using errcode = '55000',
                detail = 'Every UPDATE and DELETE of the table would fail with 55000.',
                hint = format('Give it a primary key, or: alter table %s replica identity full;', target);
    end if;

    select string_agg(quote_ident(i.column_name), ', ') into offender
    from hearth.replica_identity_columns(target) i
    where published is not null and i.column_name <> all (published);
    if offender is not null then
        raise exception 'the column list for table % lacks %, which the replica identity needs', target, offender
            using errcode = '42P10',
                detail = 'Every UPDATE and DELETE of the table would fail with 42P10.',
                hint = 'Add the columns of the replica identity to the list.';
    end if;

    select string_agg(quote_ident(i.column_name), ', ') into offender
    from hearth.replica_identity_columns(target) i
    where (i.generated = 'v'
           or i.generated = 's'
              and case
                  when current_setting('server_version_num')::int < 180000 then true
                  when published is null then not sends_stored
                  else false
                  end)
      -- Before 18 FULL sends what it has and works without its generated columns.
      and (not is_full or current_setting('server_version_num')::int >= 180000);
    if offender is not null then
        raise exception 'the replica identity of table % needs %, a generated column that is not published', target, offender
            using errcode = '42P10',
                detail = 'UPDATE and DELETE of the table would fail with 42P10, or be sent without their key.',
                hint = format('alter table %s replica identity using index …, over columns that are not generated.', target);
    end if;
end
$function$;

-- Puts `target` into `publication`: `columns` null publishes all of them, a list just those. A row filter that the
-- table has there stays. Does nothing when it is published like this already.
--
-- Raises 42704 (no such publication), 42703 (no such column), 42P10 and 55000 (see check_publishable), 55000 for a
-- column list in a publication FOR ALL TABLES.
create or replace function hearth.publish_table(
    target regclass, columns name[] default null, publication name default 'supabase_realtime')
returns void
language plpgsql set search_path = '' as $function$
declare
    found_publication record;
    entry record;
    offender text;
begin
    select p.oid, p.puballtables, p.pubupdate or p.pubdelete as sends_old_rows into found_publication
    from pg_catalog.pg_publication p
    where p.pubname = publication;
    if not found then
        raise exception 'publication % does not exist', quote_ident(publication)
            using errcode = '42704', hint = format('create publication %I with (publish_via_partition_root = true);', publication);
    end if;

    select string_agg(quote_ident(wanted.column_name), ', ') into offender
    from unnest(columns) as wanted (column_name)
    where not exists (
        select from pg_catalog.pg_attribute a
        where a.attrelid = target and a.attname = wanted.column_name and a.attnum > 0 and not a.attisdropped);
    if offender is not null then
        raise exception 'table % has no column %', target, offender using errcode = '42703';
    end if;

    if found_publication.sends_old_rows then
        perform hearth.check_publishable(target, columns, publication);
    end if;

    if found_publication.puballtables then
        if columns is null then
            return;
        end if;
        raise exception 'publication % is FOR ALL TABLES and can hold no column list for table %', quote_ident(publication), target
            using errcode = '55000', hint = 'Make it anew with the tables named.';
    end if;

    select
        (select array_agg(a.attname order by a.attname)
         from pg_catalog.pg_attribute a
         where a.attrelid = r.prrelid and a.attnum = any (r.prattrs)) as columns,
        pg_catalog.pg_get_expr(r.prqual, r.prrelid) as row_filter
    into entry
    from pg_catalog.pg_publication_rel r
    where r.prpubid = found_publication.oid and r.prrelid = target;
    if found then
        if entry.columns is not distinct from (select array_agg(distinct c order by c) from unnest(columns) as c) then
            return;
        end if;
        -- One transaction holds both, so that no change is decoded between them.
        execute format('alter publication %I drop table %s', publication, target);
    end if;
    execute format('alter publication %I add table %s', publication, target)
        || coalesce((select format(' (%s)', string_agg(quote_ident(c), ', ')) from unnest(columns) as c having count(*) > 0), '')
        || coalesce(' where (' || entry.row_filter || ')', '');
end
$function$;

-- For the migrations of users, and nobody else.
do $$
declare
    made regprocedure;
begin
    execute format('grant usage on schema hearth to %I', hearth.developer());
    foreach made in array '{
        "hearth.replica_identity_columns(regclass)",
        "hearth.check_publishable(regclass, name[], name)",
        "hearth.publish_table(regclass, name[], name)"}'::regprocedure[]
    loop
        execute format('revoke all on function %s from public', made);
        execute format('grant execute on function %s to %I', made, hearth.developer());
    end loop;
end
$$;
