package dev.hearth.rest.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads relations and their columns, without their primary keys.
final class RelationRows {

    // Bits of pg_relation_is_updatable, whose second argument counts INSTEAD OF triggers.
    private static final int UPDATABLE = 4;
    private static final int INSERTABLE = 8;
    private static final int DELETABLE = 16;

    // A wrapper without a handler makes it fail.
    private static final String RELATIONS =
            """
            select c.oid::int8 as oid, n.nspname as schema, c.relname as name,
                   obj_description(c.oid, 'pg_class') as comment,
                   c.relkind in ('v', 'm') as view,
                   case c.relkind
                       when 'r' then 28
                       when 'p' then 28
                       when 'm' then 0
                       when 'v' then pg_relation_is_updatable(c.oid, true)
                       when 'f' then (
                           select case when w.fdwhandler = 0 then 0
                               else pg_relation_is_updatable(c.oid, true) end
                           from pg_foreign_table t
                           join pg_foreign_server s on s.oid = t.ftserver
                           join pg_foreign_data_wrapper w on w.oid = s.srvfdw
                           where t.ftrelid = c.oid)
                   end as events
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = any(?)
              and n.nspname not in ('pg_catalog', 'information_schema')
              and c.relkind in ('r', 'v', 'm', 'f', 'p')
              and not c.relispartition
            order by n.nspname, c.relname
            """;

    // A domain may stand on a domain: the lowest type counts, and the length that is nearest to it.
    private static final String COLUMNS =
            """
            with recursive step as (
                select oid, typbasetype as base, typtypmod as modifier
                from pg_type where typtype = 'd'
                union all
                select step.oid, t.typbasetype,
                       case when t.typtypmod = -1 then step.modifier else t.typtypmod end
                from step
                join pg_type t on t.oid = step.base
                where t.typtype = 'd'),
            domain as (
                select step.* from step join pg_type t on t.oid = step.base
                where t.typtype <> 'd')
            select a.attrelid::int8 as relation, a.attname as name,
                   r.description as comment,
                   not (a.attnotnull or t.typtype = 'd' and t.typnotnull) as nullable,
                   case when b.typnamespace = 'pg_catalog'::regnamespace
                       then format_type(b.oid, null)
                       else format_type(a.atttypid, a.atttypmod)
                   end as base_type,
                   format_type(a.atttypid, a.atttypmod) as type,
                   case when m.modifier = -1 then null
                       when b.oid in ('bpchar'::regtype, 'varchar'::regtype) then m.modifier - 4
                       when b.oid in ('bit'::regtype, 'varbit'::regtype) then m.modifier
                   end as max_length,
                   case when a.attgenerated <> '' then null
                       when a.attidentity = 'd' then (
                           select format('nextval(%L)', s.objid::regclass)
                           from pg_depend s
                           where s.classid = 'pg_class'::regclass
                             and s.refclassid = 'pg_class'::regclass
                             and s.refobjid = a.attrelid and s.refobjsubid = a.attnum
                             and s.deptype = 'i')
                       when e.adbin is not null then pg_get_expr(e.adbin, e.adrelid)
                       when t.typtype = 'd' then pg_get_expr(t.typdefaultbin, 0)
                   end as default_expression,
                   case when b.typtype = 'e' then array(
                       select enumlabel::text from pg_enum
                       where enumtypid = b.oid order by enumsortorder)
                   end as labels
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            join pg_type t on t.oid = a.atttypid
            left join domain d on d.oid = t.oid
            join pg_type b on b.oid = coalesce(d.base, t.oid)
            cross join lateral (select coalesce(d.modifier, a.atttypmod) as modifier) m
            left join pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
            left join pg_description r on r.classoid = 'pg_class'::regclass
                and r.objoid = a.attrelid and r.objsubid = a.attnum
            where n.nspname = any(?)
              and c.relkind in ('r', 'v', 'm', 'f', 'p')
              and not c.relispartition
            order by a.attrelid, a.attnum
            """;

    private RelationRows() {}

    static List<Relation> read(Connection connection, List<String> schemas) throws SQLException {
        var columns = columns(connection, schemas);
        return Rows.of(
                connection,
                RELATIONS,
                row -> {
                    int events = row.number("events");
                    return new Relation(
                            row.name("schema", "name"),
                            row.optionalText("comment"),
                            row.flag("view"),
                            (events & INSERTABLE) != 0,
                            (events & UPDATABLE) != 0,
                            (events & DELETABLE) != 0,
                            List.of(),
                            byName(columns.getOrDefault(row.oid("oid"), List.of())));
                },
                schemas);
    }

    private static Map<Long, List<Column>> columns(Connection connection, List<String> schemas)
            throws SQLException {
        var columns = new HashMap<Long, List<Column>>();
        var _ =
                Rows.of(
                        connection,
                        COLUMNS,
                        row ->
                                columns.computeIfAbsent(row.oid("relation"), _ -> new ArrayList<>())
                                        .add(column(row)),
                        schemas);
        return columns;
    }

    private static Column column(Rows.Row row) throws SQLException {
        return new Column(
                row.text("name"),
                row.optionalText("comment"),
                row.flag("nullable"),
                row.text("base_type"),
                row.text("type"),
                row.optionalNumber("max_length"),
                row.optionalText("default_expression"),
                row.texts("labels"));
    }

    private static Map<String, Column> byName(List<Column> columns) {
        var byName = new LinkedHashMap<String, Column>();
        columns.forEach(column -> byName.put(column.name(), column));
        return byName;
    }
}
