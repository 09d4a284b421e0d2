-- Makes hearth.create_scalar_mirror(source, mirror, options): for any table with a primary key a second table that
-- holds its scalar columns only, kept in step by a trigger, guarded by row level security and published for realtime.
--
-- Why: clients that listen to a table with jsonb, arrays or enums receive, and must parse, much that a list on the screen
-- does not show; and a subscription names columns that a client may want to filter by, which works for scalars only.
--
-- Needs no more than an owner role. The functions run with the rights of their caller, who must own the source (and the
-- publication). Needs V050. Safe to run twice; so is the function: a second call
-- brings table, trigger, policies, grants and rows into the state that its options ask for.
--
-- What a column becomes:
--   boolean, numbers, uuid, dates and timestamps   as it is
--   text and its kin                               text
--   enum                                           text
--   array of the above                             two columns: <name>_text, joined by commas, and <name>_count
--   a domain                                       as the type below it
--   anything else                                  left out
--
-- Options, all of them optional:
--   columns         ["a", "b"]: the columns of the source to keep; default all that can be. The key is always kept
--   rename          {"tags_count": "tag_count"}: from the name that a column of the mirror would have to another
--   schema          where mirror and trigger function are made; default the schema of the source
--   function        name of the trigger function; default sync_<mirror>
--   trigger         name of the trigger; default sync_<mirror>_trigger (and sync_<mirror>_truncate_trigger)
--   readers         ["authenticated"]: roles that get SELECT; default those of anon, authenticated and service_role that
--                   may read the key of the source. A role gets the columns that it may read in the source
--   policies        [{"name", "as", "for", "to": [], "using", "check"}]; default one for SELECT, true where the caller
--                   sees the row of the source with the same key
--   publication     default "supabase_realtime"; null publishes nothing
--   column_list     false publishes the mirror without a column list; default true
--   replica_identity "default" or "full" (which needs column_list false)
--   maintenance     a schema for resync_<mirror>() and <mirror>_drift(); default none are made

set local client_min_messages = warning;

-- The type of a mirror column for a value of this type, or null if it is no scalar.
create or replace function hearth.scalar_mirror_type(type oid)
returns text
language sql stable set search_path = '' as $function$
    select case
        when t.typtype = 'd' then hearth.scalar_mirror_type(t.typbasetype)
        when t.typtype = 'e' or t.typtype = 'b' and t.typcategory = 'S' then 'text'
        when t.oid = any ('{bool,int2,int4,int8,float4,float8,numeric,uuid,date,time,timetz,timestamp,timestamptz}'::regtype[])
            then pg_catalog.format_type(t.oid, null)
    end
    from pg_catalog.pg_type t
    where t.oid = type
$function$;

-- The element type of an array, or of a domain over one; null for all else.
create or replace function hearth.scalar_mirror_element(type oid)
returns oid
language sql stable set search_path = '' as $function$
    select case
        when t.typtype = 'd' then hearth.scalar_mirror_element(t.typbasetype)
        when t.typcategory = 'A' and t.typelem <> 0 then t.typelem
    end
    from pg_catalog.pg_type t
    where t.oid = type
$function$;

-- The numbers of the columns of the primary key, in its order; null if there is none. Columns that its index only carries
-- along (INCLUDE) are no part of it.
create or replace function hearth.primary_key_columns(target regclass)
returns int2[]
language sql stable set search_path = '' as $function$
    select (i.indkey::int2[])[0:i.indnkeyatts - 1]
    from pg_catalog.pg_index i
    where i.indrelid = target and i.indisprimary
$function$;

-- Every column of the source and what becomes of it, in the order of the source. `expression` makes the value; its row is
-- named `row_name` (new in the trigger, source in a query). `key_position` gives the order of the key and is null outside it.
create or replace function hearth.scalar_mirror_columns(source regclass, options jsonb, row_name text default 'source')
returns table (
    source_column name, mirror_column name, kept boolean, reason text, mirror_type text, expression text, key_position int)
language sql stable set search_path = '' as $function$
    with attribute as (
        select
            a.attnum, a.attname, a.atttypid, a.attgenerated, array_position(k.columns, a.attnum) as key_position,
            hearth.scalar_mirror_type(a.atttypid) as scalar,
            hearth.scalar_mirror_type(hearth.scalar_mirror_element(a.atttypid)) as element,
            pg_catalog.format_type(a.atttypid, a.atttypmod) as type_name,
            -- A comparison of two columns of different collations is an error, and policies compare keys.
            case when c.collname <> 'default'
                then format(' collate %I.%I', n.nspname, c.collname) else '' end as collation_clause,
            jsonb_typeof(options -> 'columns') is distinct from 'array' or options -> 'columns' ? a.attname::text
                or a.attnum = any (k.columns) as chosen
        from pg_catalog.pg_attribute a
        cross join (select hearth.primary_key_columns(source) as columns) k
        left join pg_catalog.pg_collation c on c.oid = a.attcollation
        left join pg_catalog.pg_namespace n on n.oid = c.collnamespace
        where a.attrelid = source and a.attnum > 0 and not a.attisdropped
    ), part as (
        select a.*, p.*
        from attribute a
        cross join lateral (
            select 1 as part, a.attname::text as wanted, a.scalar || case when a.scalar = 'text' then a.collation_clause else '' end as mirror_type,
                format('%s.%I::%s', row_name, a.attname, a.scalar) as expression,
                case when a.scalar = a.type_name then 'as it is' else format('%s as %s', a.type_name, a.scalar) end as becomes
            where a.scalar is not null and a.attgenerated <> 'v' and a.chosen
            union all
            select 1, a.attname || '_text', 'text', format('array_to_string(%s.%I, '','')', row_name, a.attname),
                format('%s as text, elements joined by commas', a.type_name)
            where a.element is not null and a.attgenerated <> 'v' and a.chosen
            union all
            select 2, a.attname || '_count', 'integer', format('cardinality(%s.%I)', row_name, a.attname),
                format('%s as its number of elements', a.type_name)
            where a.element is not null and a.attgenerated <> 'v' and a.chosen
            union all
            select 1, null, null, null,
                case
                    when not a.chosen then 'not among the chosen columns'
                    when a.attgenerated = 'v' then 'a virtual generated column has no value in a trigger'
                    else format('%s is not a scalar type', a.type_name)
                end
            where not a.chosen or a.attgenerated = 'v' or a.scalar is null and a.element is null
        ) p
    )
    select attname, coalesce(options -> 'rename' ->> wanted, wanted)::name, wanted is not null, becomes, part.mirror_type, part.expression, part.key_position
    from part
    order by attnum, part
$function$;

-- Raises 22023 when an option is unknown or of the wrong shape, 42622 when a name leaves no room for those made from it.
create or replace function hearth.check_scalar_mirror_options(mirror name, options jsonb)
returns void
language plpgsql stable set search_path = '' as $function$
declare
    allowed constant jsonb := '{
        "columns": "array", "rename": "object", "readers": "array", "policies": "array", "column_list": "boolean",
        "schema": "string", "function": "string", "trigger": "string", "maintenance": "string", "publication": "string",
        "replica_identity": "string"}';
    offender text;
begin
    if jsonb_typeof(options) is distinct from 'object' then
        raise exception 'the options of a mirror are a JSON object' using errcode = '22023';
    end if;

    select string_agg(quote_ident(o.key), ', ') into offender from jsonb_each(options) o where not allowed ? o.key;
    if offender is not null then
        raise exception 'a mirror has no option %', offender using errcode = '22023';
    end if;

    select string_agg(format('%I is of type %s', o.key, allowed ->> o.key), ', ') into offender
    from jsonb_each(options) o
    where jsonb_typeof(o.value) not in (allowed ->> o.key, 'null') or o.key = 'replica_identity' and o.value not in ('"default"', '"full"');
    if offender is not null then
        raise exception 'the options of a mirror are wrong: %', offender using errcode = '22023';
    end if;

    select string_agg(p.policy::text, ', ') into offender
    from jsonb_array_elements(nullif(options -> 'policies', 'null')) as p (policy)
    where jsonb_typeof(p.policy) <> 'object'
       or p.policy ->> 'name' is null
       or p.policy - '{name,as,for,to,using,check}'::text[] <> '{}'
       or p.policy ->> 'as' not in ('permissive', 'restrictive')
       or p.policy ->> 'for' not in ('all', 'select', 'insert', 'update', 'delete')
       or jsonb_typeof(p.policy -> 'to') <> 'array';
    if offender is not null then
        raise exception 'not a policy: %', offender
            using errcode = '22023', hint = 'A policy is {"name", "as", "for", "to": [], "using", "check"}.';
    end if;

    select string_agg(quote_ident(r.reader), ', ') into offender
    from jsonb_array_elements_text(nullif(options -> 'readers', 'null')) as r (reader)
    where to_regrole(quote_ident(r.reader)) is null;
    if offender is not null then
        raise exception 'role % does not exist', offender using errcode = '42704';
    end if;

    -- The names made from them have to fit into the 63 bytes of an identifier.
    select string_agg(quote_ident(n.name), ', ') into offender
    from (values (mirror::text), (options ->> 'function'), (options ->> 'trigger')) as n (name)
    where octet_length(n.name) > 46;
    if offender is not null then
        raise exception 'the name % is too long for a mirror', offender
            using errcode = '42622', hint = 'Take one of at most 46 bytes.';
    end if;
end
$function$;

-- Raises when the source cannot have a mirror, or the options name columns that there are not.
create or replace function hearth.check_scalar_mirror(source regclass, options jsonb)
returns void
language plpgsql stable set search_path = '' as $function$
declare
    kind "char" := (select c.relkind from pg_catalog.pg_class c where c.oid = source);
    offender text;
begin
    if kind not in ('r', 'p') then
        raise exception 'relation % is not a table and can have no mirror', source using errcode = '42809';
    end if;
    if hearth.primary_key_columns(source) is null then
        raise exception 'table % has no primary key and can have no mirror', source
            using errcode = '55000', hint = format('alter table %s add primary key (…);', source);
    end if;

    select string_agg(format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)), ', ') into offender
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_type t on t.oid = a.atttypid
    where a.attrelid = source and a.attnum = any (hearth.primary_key_columns(source))
      and (hearth.scalar_mirror_type(a.atttypid) is null
           -- Text made of an enum, or of a type with an equality of its own such as citext, is another key.
           or hearth.scalar_mirror_type(a.atttypid) = 'text'
              and pg_catalog.format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null) not in ('text', 'character varying'));
    if offender is not null then
        raise exception 'the primary key of table % has %, which is not a scalar type, and can have no mirror', source, offender
            using errcode = '0A000', hint = 'A key may be of numbers, uuid, text, boolean, dates and timestamps.';
    end if;

    select string_agg(quote_ident(wanted.name), ', ') into offender
    from jsonb_array_elements_text(options -> 'columns') as wanted (name)
    where not exists (
        select from hearth.scalar_mirror_columns(source, options) c where c.source_column = wanted.name and c.kept);
    if offender is not null then
        raise exception 'table % has no column that a mirror can hold named %', source, offender
            using errcode = '42703',
                detail = coalesce((
                    select string_agg(format('%I: %s', c.source_column, c.reason), '; ')
                    from hearth.scalar_mirror_columns(source, options) c
                    where not c.kept and options -> 'columns' ? c.source_column::text), 'There is no such column.');
    end if;

    select string_agg(quote_ident(old_name), ', ') into offender
    from jsonb_object_keys(options -> 'rename') as old_name
    where not exists (
        select from hearth.scalar_mirror_columns(source, options - 'rename') c where c.mirror_column = old_name);
    if offender is not null then
        raise exception 'the mirror of table % would have no column % to rename', source, offender using errcode = '42703';
    end if;

    select string_agg(quote_ident(c.mirror_column), ', ') into offender
    from (
        select mirror_column from hearth.scalar_mirror_columns(source, options) where kept
        group by mirror_column having count(*) > 1) c;
    if offender is not null then
        raise exception 'the mirror of table % would have two columns named %', source, offender
            using errcode = '42701', hint = 'Name one of them otherwise with the option rename.';
    end if;
end
$function$;

-- Makes the table, or adds the columns that it lacks. Refuses a table that is not a mirror of this source, or has
-- columns that the mirror would not have: it can be dropped and made again, its rows come from the source.
create or replace function hearth.make_scalar_mirror_table(source regclass, mirror_name text, options jsonb)
returns regclass
language plpgsql set search_path = '' as $function$
declare
    mark constant text := format('Scalar mirror of %s', source);
    owner constant regrole := (select c.relowner from pg_catalog.pg_class c where c.oid = source);
    mirror regclass := to_regclass(mirror_name);
    wanted record;
    offender text;
begin
    if mirror is null then
        execute format('create table %s (%s, primary key (%s))', mirror_name,
            (select string_agg(format('%I %s', c.mirror_column, c.mirror_type), ', ')
             from hearth.scalar_mirror_columns(source, options) c where c.kept),
            (select string_agg(quote_ident(c.mirror_column), ', ' order by c.key_position)
             from hearth.scalar_mirror_columns(source, options) c where c.key_position is not null));
        mirror := mirror_name::regclass;
        execute format('comment on table %s is %L', mirror, mark || ': written by its trigger, never by hand');
    elsif not starts_with(coalesce(obj_description(mirror, 'pg_class'), ''), mark || ':') then
        raise exception 'relation % exists and is not a mirror of table %', mirror, source
            using errcode = '42P07', hint = format('A mirror has a comment that begins "%s:".', mark);
    end if;

    for wanted in
        select c.mirror_column, c.mirror_type from hearth.scalar_mirror_columns(source, options) c
        where c.kept and not exists (
            select from pg_catalog.pg_attribute a
            where a.attrelid = mirror and a.attname = c.mirror_column and a.attnum > 0 and not a.attisdropped)
    loop
        execute format('alter table %s add column %I %s', mirror, wanted.mirror_column, wanted.mirror_type);
    end loop;

    select string_agg(format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)), ', ') into offender
    from pg_catalog.pg_attribute a
    where a.attrelid = mirror and a.attnum > 0 and not a.attisdropped
      and not exists (
          select from hearth.scalar_mirror_columns(source, options) c
          where c.kept and c.mirror_column = a.attname
            and split_part(c.mirror_type, ' collate ', 1) = pg_catalog.format_type(a.atttypid, a.atttypmod));
    if offender is not null then
        raise exception 'table % has %, which the mirror of table % would not have', mirror, offender, source
            using errcode = '42P16', hint = format('drop table %s, and call again: its rows come from the source.', mirror);
    end if;

    if (select c.relforcerowsecurity from pg_catalog.pg_class c where c.oid = mirror) then
        raise exception 'table % has FORCE ROW LEVEL SECURITY and cannot be a mirror', mirror
            using errcode = '55000',
                detail = 'The trigger writes it as its owner, whom FORCE ROW LEVEL SECURITY refuses: every write of the source would fail.',
                hint = format('alter table %s no force row level security;', mirror);
    end if;

    if (select c.relowner from pg_catalog.pg_class c where c.oid = mirror) <> owner then
        execute format('alter table %s owner to %s', mirror, owner);
    end if;
    if options ? 'replica_identity' then
        execute format('alter table %s replica identity %s', mirror,
            options ->> 'replica_identity');
    end if;
    return mirror;
end
$function$;

-- The statement that writes rows of the source into the mirror: `source_rows` is VALUES or SELECT without its column list.
create or replace function hearth.scalar_mirror_upsert(source regclass, mirror regclass, options jsonb, source_rows text)
returns text
language sql stable set search_path = '' as $function$
    select format('insert into %s as mirror (%s) %s on conflict (%s) do ',
            mirror, string_agg(quote_ident(c.mirror_column), ', '), source_rows,
            string_agg(quote_ident(c.mirror_column), ', ' order by c.key_position) filter (where c.key_position is not null))
        || coalesce('update set '
            || string_agg(format('%1$I = excluded.%1$I', c.mirror_column), ', ') filter (where c.key_position is null), 'nothing')
    from hearth.scalar_mirror_columns(source, options) c
    where c.kept
$function$;

-- `left.key = right.key` for every column of the key; `is_mirror` says that the left row is one of the mirror.
create or replace function hearth.scalar_mirror_same_key(source regclass, options jsonb, mirror_row text, source_row text)
returns text
language sql stable set search_path = '' as $function$
    select string_agg(format('%s.%I = %s.%I', mirror_row, c.mirror_column, source_row, c.source_column), ' and ' order by c.key_position)
    from hearth.scalar_mirror_columns(source, options) c
    where c.key_position is not null
$function$;

-- Makes the trigger function and its triggers. The function runs as the owner of the mirror: a trigger runs as the role
-- that writes, and clients may not write the mirror. Nothing is caught, so a failing mirror fails the write.
create or replace function hearth.make_scalar_mirror_trigger(source regclass, mirror regclass, options jsonb, function_name text, trigger_name name)
returns void
language plpgsql set search_path = '' as $function$
declare
    body constant text := format($body$
#variable_conflict use_column
begin
    if tg_op = 'TRUNCATE' then
        delete from %1$s;
        return null;
    end if;
    if tg_op = 'DELETE' or tg_op = 'UPDATE' and %2$s then
        delete from %1$s as mirror where %3$s;
    end if;
    if tg_op <> 'DELETE' then
        %4$s;
    end if;
    return null;
end
$body$,
        mirror,
        (select format('row(%s) is distinct from row(%s)',
                string_agg(format('old.%I', c.source_column), ', '), string_agg(format('new.%I', c.source_column), ', '))
         from hearth.scalar_mirror_columns(source, options) c where c.key_position is not null),
        hearth.scalar_mirror_same_key(source, options, 'mirror', 'old'),
        hearth.scalar_mirror_upsert(source, mirror, options, format('values (%s)',
            (select string_agg(c.expression, ', ') from hearth.scalar_mirror_columns(source, options, 'new') c where c.kept))));
begin
    execute format(
        'create or replace function %s() returns trigger language plpgsql security definer set search_path = '''' as %L',
        function_name, body);
    execute format('alter function %s() owner to %s', function_name,
        (select c.relowner::regrole from pg_catalog.pg_class c where c.oid = mirror));
    execute format('revoke all on function %s() from public, anon, authenticated, service_role', function_name);
    execute format('create or replace trigger %I after insert or update or delete on %s for each row execute function %s()',
        trigger_name, source, function_name);
    execute format('create or replace trigger %I after truncate on %s for each statement execute function %s()',
        regexp_replace(trigger_name, '_trigger$', '') || '_truncate_trigger', source, function_name);
end
$function$;

-- The two statements that bring the rows of the mirror into step with the source; rows that agree are not touched.
create or replace function hearth.scalar_mirror_repair(source regclass, mirror regclass, options jsonb, out remove text, out write text)
language sql stable set search_path = '' as $function$
    select
        format('delete from %s as mirror where not exists (select from %s as source where %s)',
            mirror, source, hearth.scalar_mirror_same_key(source, options, 'mirror', 'source')),
        hearth.scalar_mirror_upsert(source, mirror, options,
            format('select %s from %s as source', string_agg(c.expression, ', '), source))
        || coalesce(
            ' where row(' || string_agg(format('mirror.%I', c.mirror_column), ', ') filter (where c.key_position is null)
            || ') is distinct from row('
            || string_agg(format('excluded.%I', c.mirror_column), ', ') filter (where c.key_position is null) || ')', '')
    from hearth.scalar_mirror_columns(source, options) c
    where c.kept
$function$;

-- Makes <schema>.resync_<mirror>() and <schema>.<mirror>_drift(), for the backend and for whoever looks after the database.
create or replace function hearth.make_scalar_mirror_maintenance(source regclass, mirror regclass, options jsonb, mirror_name name)
returns void
language plpgsql set search_path = '' as $function$
declare
    resync constant text := format('%I.%I', options ->> 'maintenance', 'resync_' || mirror_name);
    drift constant text := format('%I.%I', options ->> 'maintenance', mirror_name || '_drift');
    owner constant regrole := (select c.relowner from pg_catalog.pg_class c where c.oid = mirror);
    repair record := hearth.scalar_mirror_repair(source, mirror, options);
    made text;
begin
    -- The lock keeps writers out: a row read before their commit would overwrite what their trigger wrote.
    -- row_security off turns a source that hides rows from its owner into an error; the mirror would lose them otherwise.
    execute format(
        'create or replace function %s() returns table (written bigint, removed bigint) language plpgsql security definer set search_path = '''' set row_security = off as %L',
        resync, format($body$
#variable_conflict use_column
begin
    lock table %s in share row exclusive mode;
    %s;
    get diagnostics removed = row_count;
    %s;
    get diagnostics written = row_count;
    return next;
end
$body$, source, repair.remove, repair.write));

    -- Sums of hashes do not depend on the order of the rows; a fixed time zone makes them comparable between sessions.
    execute format(
        'create or replace function %s() returns table (source_rows bigint, mirror_rows bigint, source_checksum numeric, mirror_checksum numeric, drifted boolean) language sql stable security definer set search_path = '''' set row_security = off set timezone = ''UTC'' as %L',
        drift, (
            select format($body$
    select
        source.total, mirror.total, source.checksum, mirror.checksum,
        (source.total, source.checksum) is distinct from (mirror.total, mirror.checksum)
    from
        (select count(*) as total, coalesce(sum(hashtextextended(row(%s)::text, 0)::numeric), 0) as checksum from %s as source) as source,
        (select count(*) as total, coalesce(sum(hashtextextended(row(%s)::text, 0)::numeric), 0) as checksum from %s as mirror) as mirror
$body$,
                string_agg(c.expression, ', '), source, string_agg(format('mirror.%I', c.mirror_column), ', '), mirror)
            from hearth.scalar_mirror_columns(source, options) c where c.kept));

    foreach made in array array[resync, drift] loop
        execute format('alter function %s() owner to %s', made, owner);
        execute format('revoke all on function %s() from public, anon, authenticated', made);
        execute format('grant execute on function %s() to service_role', made);
    end loop;
end
$function$;

-- Gives SELECT, and nothing else, to the readers.
create or replace function hearth.grant_scalar_mirror(source regclass, mirror regclass, options jsonb)
returns void
language plpgsql set search_path = '' as $function$
declare
    holder text;
    reader name;
    readable text;
begin
    -- Default privileges may have given more, to any role.
    for holder in
        select distinct case g.grantee when 0 then 'public' else g.grantee::regrole::text end
        from pg_catalog.pg_class c, aclexplode(c.relacl) g
        where c.oid = mirror and g.grantee <> c.relowner
    loop
        execute format('revoke all on table %s from %s', mirror, holder);
    end loop;

    for reader in
        select r.rolname from pg_catalog.pg_roles r
        where case when options ? 'readers' then options -> 'readers' ? r.rolname::text
            else r.rolname in ('anon', 'authenticated', 'service_role') end
    loop
        -- The default policy reads the key of the source as the caller.
        if exists (
            select from hearth.scalar_mirror_columns(source, options) c
            where c.key_position is not null and not has_column_privilege(reader, source, c.source_column::text, 'select')) then
            if options ? 'readers' then
                raise exception 'role % may not read the key of table % and cannot read its mirror', quote_ident(reader), source
                    using errcode = '42501';
            end if;
            continue;
        end if;
        select string_agg(quote_ident(c.mirror_column), ', ') into readable
        from hearth.scalar_mirror_columns(source, options) c
        where c.kept and has_column_privilege(reader, source, c.source_column::text, 'select');
        if has_table_privilege(reader, source, 'select') then
            execute format('grant select on table %s to %I', mirror, reader);
        else
            execute format('grant select (%s) on table %s to %I', readable, mirror, reader);
        end if;
    end loop;
end
$function$;

-- Turns row level security on and makes the policies anew.
create or replace function hearth.guard_scalar_mirror(source regclass, mirror regclass, options jsonb)
returns void
language plpgsql set search_path = '' as $function$
declare
    mirror_name constant name := (select c.relname from pg_catalog.pg_class c where c.oid = mirror);
    -- The policy tells the two rows apart by the names of their tables.
    source_row constant text := case mirror_name when 'source' then 'origin' else 'source' end;
    policy jsonb;
    policies jsonb := options -> 'policies';
    stranger text;
begin
    execute format('alter table %s enable row level security', mirror);

    if policies is null then
        policies := jsonb_build_array(jsonb_build_object(
            'name', mirror_name || '_read',
            'for', 'select',
            'to', (select coalesce(jsonb_agg(distinct pg_catalog.pg_get_userbyid(g.grantee)), '["public"]')
                   from pg_catalog.pg_class c
                   left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attacl is not null
                   cross join lateral aclexplode(coalesce(c.relacl, '{}') || coalesce(a.attacl, '{}')) g
                   where c.oid = mirror and g.grantee not in (0, c.relowner)),
            'using', format('exists (select from %s as %s where %s)', source, source_row,
                hearth.scalar_mirror_same_key(source, options, quote_ident(mirror_name), source_row))));
    end if;

    for policy in select jsonb_array_elements(policies) loop
        execute format('drop policy if exists %I on %s', policy ->> 'name', mirror);
        execute format('create policy %I on %s as %s for %s to %s', policy ->> 'name', mirror,
                coalesce(policy ->> 'as', 'permissive'), coalesce(policy ->> 'for', 'select'),
                (select coalesce(string_agg(quote_ident(role_name), ', '), 'public') from jsonb_array_elements_text(policy -> 'to') as role_name))
            || coalesce(' using (' || (policy ->> 'using') || ')', '')
            || coalesce(' with check (' || (policy ->> 'check') || ')', '');
    end loop;

    select string_agg(quote_ident(p.polname), ', ') into stranger
    from pg_catalog.pg_policy p
    where p.polrelid = mirror and not policies @> jsonb_build_array(jsonb_build_object('name', p.polname));
    if stranger is not null then
        raise warning 'table % keeps policies that were not asked for: %', mirror, stranger;
    end if;
end
$function$;

-- Makes, or brings up to date, the mirror of one table; see the head of this file for the options. Returns one row for
-- each column of the mirror and for each column of the source that has none, with the reason.
--
--   select * from hearth.create_scalar_mirror('public.conversations', 'conversations_mirror');
create or replace function hearth.create_scalar_mirror(source regclass, mirror name, options jsonb default '{}')
returns table (source_column name, mirror_column name, kept boolean, reason text)
language plpgsql set search_path = '' set row_security = off as $function$
declare
    schema_name name;
    mirror_table regclass;
    publication name;
    column_list name[];
    repair record;
begin
    perform hearth.check_scalar_mirror_options(mirror, options);
    -- What is null is as if it were not there, but for the publication.
    options := jsonb_strip_nulls(options) || case when options -> 'publication' = 'null' then '{"publication": null}' else '{}' end::jsonb;
    perform hearth.check_scalar_mirror(source, options);
    schema_name := coalesce(options ->> 'schema',
        (select n.nspname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = source));

    mirror_table := hearth.make_scalar_mirror_table(source, format('%I.%I', schema_name, mirror), options);
    if not options ? 'publication' or options ->> 'publication' is not null then
        publication := coalesce(options ->> 'publication', 'supabase_realtime');
        if options -> 'column_list' is distinct from 'false' then
            column_list := array(select c.mirror_column from hearth.scalar_mirror_columns(source, options) c where c.kept);
        end if;
        perform hearth.check_publishable(mirror_table, column_list, publication);
    end if;
    -- The trigger comes before the rows: making it keeps writers out until the end of the transaction.
    perform hearth.make_scalar_mirror_trigger(source, mirror_table, options,
        format('%I.%I', schema_name, coalesce(options ->> 'function', 'sync_' || mirror)),
        coalesce(options ->> 'trigger', 'sync_' || mirror || '_trigger')::name);
    repair := hearth.scalar_mirror_repair(source, mirror_table, options);
    execute repair.remove;
    execute repair.write;
    if options ->> 'maintenance' is not null then
        perform hearth.make_scalar_mirror_maintenance(source, mirror_table, options, mirror);
    end if;

    perform hearth.grant_scalar_mirror(source, mirror_table, options);
    perform hearth.guard_scalar_mirror(source, mirror_table, options);
    -- Last, so that the rows that were there already are not sent as changes.
    if publication is not null then
        perform hearth.publish_table(mirror_table, column_list, publication);
    end if;

    return query
        select c.source_column, c.mirror_column, c.kept, c.reason
        from hearth.scalar_mirror_columns(source, options) c;
end
$function$;

-- For the migrations of users, and nobody else.
do $$
declare
    made regprocedure;
begin
    for made in
        select p.oid from pg_catalog.pg_proc p
        where p.pronamespace = 'hearth'::regnamespace and (p.proname like '%scalar\_mirror%' or p.proname = 'primary_key_columns')
    loop
        execute format('revoke all on function %s from public', made);
        execute format('grant execute on function %s to %I', made, hearth.developer());
    end loop;
end
$$;
