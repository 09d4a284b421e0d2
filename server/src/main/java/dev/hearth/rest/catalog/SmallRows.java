package dev.hearth.rest.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what takes one short query each: computed relationships, representations of domains,
/// handlers of media types, time zones.
final class SmallRows {

    // A function of one row that returns rows of a relation; ROWS 1 promises a single one.
    private static final String COMPUTED =
            """
            select pn.nspname as schema, p.proname as name,
                   fs.nspname as from_schema, f.relname as from_name,
                   ts.nspname as to_schema, t.relname as to_name,
                   not p.proretset or p.prorows = 1 as one
            from pg_proc p
            join pg_namespace pn on pn.oid = p.pronamespace
            join pg_class f on f.reltype = p.proargtypes[0]
            join pg_namespace fs on fs.oid = f.relnamespace
            join pg_class t on t.reltype = p.prorettype
            join pg_namespace ts on ts.oid = t.relnamespace
            where p.pronargs = 1 and p.prokind = 'f'
              and f.relkind in ('r', 'v', 'm', 'f', 'p')
              and t.relkind in ('r', 'v', 'm', 'f', 'p')
              and fs.nspname = any(?)
              and ts.nspname = any(?)
            order by pn.nspname, p.proname
            """;

    private static final String REPRESENTATIONS =
            """
            select c.castsource::regtype::text as source, c.casttarget::regtype::text as target,
                   c.castfunc::regproc::text as function
            from pg_cast c
            join pg_type s on s.oid = c.castsource
            join pg_type t on t.oid = c.casttarget
            where c.castcontext = 'i' and c.castmethod = 'f'
              and has_function_privilege(c.castfunc, 'execute')
              and (s.typtype = 'd' and t.oid in ('json'::regtype, 'text'::regtype)
                  or t.typtype = 'd' and s.oid in ('json'::regtype, 'text'::regtype))
            """;

    // An aggregate takes rows of a relation or of any kind; a function makes its own body.
    private static final String HANDLERS =
            """
            select pn.nspname as schema, p.proname as name,
                   p.prokind = 'a' and p.proargtypes[0] = 'anyelement'::regtype as any_rows,
                   case when p.prokind = 'a' then rs.nspname else pn.nspname end as rows_schema,
                   case when p.prokind = 'a' then r.relname else p.proname end as rows_name,
                   lower(m.typname) as media_type
            from pg_proc p
            join pg_namespace pn on pn.oid = p.pronamespace
            join pg_type m on m.oid = p.prorettype and m.typtype = 'd'
            left join pg_class r on r.reltype = p.proargtypes[0]
                and r.relkind in ('r', 'v', 'm', 'f', 'p')
            left join pg_namespace rs on rs.oid = r.relnamespace
            where pn.nspname = any(?)
              and (m.typname ~* '^[a-z0-9.-]+/[a-z0-9.+-]+$' or m.typname = '*/*')
              and case p.prokind
                  when 'a' then p.pronargs = 1
                      and (r.oid is not null or p.proargtypes[0] = 'anyelement'::regtype)
                  when 'f' then not p.proretset
                  else false
              end
            order by pn.nspname, p.proname, media_type
            """;

    private static final String TIME_ZONES = "select name from pg_timezone_names";

    private SmallRows() {}

    static List<Relationship.Computed> computed(Connection connection, List<String> schemas)
            throws SQLException {
        return Rows.of(
                connection,
                COMPUTED,
                row ->
                        new Relationship.Computed(
                                row.name("schema", "name"),
                                row.name("from_schema", "from_name"),
                                row.name("to_schema", "to_name"),
                                row.flag("one")),
                schemas,
                schemas);
    }

    static Map<Catalog.Cast, String> representations(Connection connection) throws SQLException {
        var representations = new HashMap<Catalog.Cast, String>();
        var _ =
                Rows.of(
                        connection,
                        REPRESENTATIONS,
                        row ->
                                representations.put(
                                        new Catalog.Cast(row.text("source"), row.text("target")),
                                        row.text("function")));
        return representations;
    }

    static List<MediaHandler> handlers(Connection connection, List<String> schemas)
            throws SQLException {
        return Rows.of(
                connection,
                HANDLERS,
                row ->
                        new MediaHandler(
                                row.name("schema", "name"),
                                row.flag("any_rows")
                                        ? Optional.empty()
                                        : Optional.of(row.name("rows_schema", "rows_name")),
                                row.text("media_type")),
                schemas);
    }

    static Set<String> timeZones(Connection connection) throws SQLException {
        return Set.copyOf(Rows.of(connection, TIME_ZONES, row -> row.text("name")));
    }
}
