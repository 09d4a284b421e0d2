package dev.hearth.realtime.changes.catalog;

import dev.hearth.realtime.changes.catalog.Table.Column;
import dev.hearth.realtime.changes.catalog.Table.Policy;
import dev.hearth.realtime.changes.value.TypeCatalog;
import dev.hearth.realtime.changes.value.Types;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the publication: members, columns, policies, types.
///
/// Members of a publication that does not publish by root are leaves; they are mapped to their
/// root, whose policies and grants count (realtime.md 15.3).
final class PublicationCatalog {

    /// Every name in a printed policy then carries its schema.
    private static final String NO_SEARCH_PATH = "select set_config('search_path', '', true)";

    private static final String MEMBERS =
            """
            with member as (
              select c.oid as member, pt.attnames,
                     case when p.pubviaroot or not c.relispartition then c.oid
                          else pg_partition_root(c.oid)::oid end as judged
              from pg_publication p
              join pg_publication_tables pt on pt.pubname = p.pubname
              join pg_namespace n on n.nspname = pt.schemaname
              join pg_class c on c.relnamespace = n.oid and c.relname = pt.tablename
              where p.pubname = ?)
            select m.member::int8, m.judged::int8, n.nspname, c.relname, m.attnames::text[]
            from member m
            join pg_class c on c.oid = m.judged
            join pg_namespace n on n.oid = c.relnamespace
            order by c.oid, m.member
            """;

    private static final String COLUMNS =
            """
            select a.attrelid::int8, a.attnum, a.attname, a.atttypid::int8,
                   coalesce(a.attnum = any(i.indkey::int2[]), false) as key,
                   a.attgenerated = ''
                     or current_setting('server_version_num')::int >= 180000 as carried,
                   coalesce(l.collisdeterministic, true) as deterministic
            from pg_attribute a
            left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
            left join pg_collation l on l.oid = a.attcollation
            where a.attrelid = any(?::oid[]) and a.attnum > 0 and not a.attisdropped
            order by a.attrelid, a.attnum
            """;

    private static final String POLICIES =
            """
            select p.polrelid::int8, p.oid::text || '.' || p.xmin::text as version,
                   p.polpermissive, p.polroles::int8[],
                   pg_get_expr(p.polqual, p.polrelid) as expression,
                   array(select d.refobjsubid from pg_depend d
                         where d.classid = 'pg_policy'::regclass and d.objid = p.oid
                           and d.refclassid = 'pg_class'::regclass
                           and d.refobjid = p.polrelid and d.refobjsubid > 0) as columns
            from pg_policy p
            where p.polrelid = any(?::oid[]) and p.polcmd in ('r', '*')
            order by p.polrelid, p.oid
            """;

    private static final class Draft {
        private final String schema;
        private final String name;
        private final Set<String> carried;
        private final List<Column> columns = new ArrayList<>();
        private final List<Policy> policies = new ArrayList<>();
        private final List<String> versions = new ArrayList<>();

        private Draft(String schema, String name, Set<String> carried) {
            this.schema = schema;
            this.name = name;
            this.carried = carried;
        }
    }

    private final Map<Long, Long> members = new LinkedHashMap<>();
    private final Map<Long, Draft> tables = new HashMap<>();

    private PublicationCatalog() {}

    /// Reads it inside of a transaction. A publication that does not exist has no tables.
    static Publication read(Connection connection, String publication) throws SQLException {
        try (PreparedStatement settings = connection.prepareStatement(NO_SEARCH_PATH)) {
            settings.execute();
        }
        var catalog = new PublicationCatalog();
        catalog.readMembers(connection, publication);
        catalog.readColumns(connection);
        catalog.readPolicies(connection);
        return catalog.publication(TypeCatalog.read(connection));
    }

    private Publication publication(Types types) {
        var made = new HashMap<Long, Table>();
        tables.forEach(
                (oid, draft) ->
                        made.put(
                                oid,
                                new Table(
                                        oid,
                                        draft.schema,
                                        draft.name,
                                        draft.columns,
                                        draft.policies,
                                        String.join(",", draft.versions))));
        var byMember = new HashMap<Long, Table>();
        members.forEach(
                (member, judged) -> {
                    Table table = made.get(judged);
                    if (table != null) {
                        byMember.put(member, table);
                    }
                });
        return new Publication(byMember, types);
    }

    private void readMembers(Connection connection, String publication) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MEMBERS)) {
            statement.setString(1, publication);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    members.put(rows.getLong(1), rows.getLong(2));
                    var carried = new HashSet<>(Arrays.asList(texts(rows, 5)));
                    tables.computeIfAbsent(
                                    rows.getLong(2),
                                    oid -> new Draft(text(rows, 3), text(rows, 4), carried))
                            .carried
                            .addAll(carried);
                }
            }
        }
    }

    private void readColumns(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, oids());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Draft table = draft(rows);
                    String name = rows.getString(3);
                    table.columns.add(
                            new Column(
                                    rows.getInt(2),
                                    name,
                                    rows.getLong(4),
                                    rows.getBoolean(5),
                                    rows.getBoolean(6) && table.carried.contains(name),
                                    rows.getBoolean(7)));
                }
            }
        }
    }

    private void readPolicies(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POLICIES)) {
            statement.setString(1, oids());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Draft table = draft(rows);
                    table.versions.add(rows.getString(2));
                    String expression = rows.getString(5);
                    if (expression != null) {
                        table.policies.add(
                                new Policy(
                                        rows.getBoolean(3),
                                        Arrays.asList((Long[]) rows.getArray(4).getArray()),
                                        expression,
                                        Set.copyOf(
                                                Arrays.asList(
                                                        (Integer[]) rows.getArray(6).getArray()))));
                    }
                }
            }
        }
    }

    private Draft draft(ResultSet rows) throws SQLException {
        Draft table = tables.get(rows.getLong(1));
        if (table == null) {
            throw new IllegalStateException("a table that was not asked for");
        }
        return table;
    }

    private String oids() {
        var list = new StringBuilder("{");
        tables.keySet().forEach(oid -> list.append(list.length() > 1 ? "," : "").append(oid));
        return list.append('}').toString();
    }

    private static String[] texts(ResultSet rows, int column) throws SQLException {
        return (String[]) rows.getArray(column).getArray();
    }

    private static String text(ResultSet rows, int column) {
        try {
            return rows.getString(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
