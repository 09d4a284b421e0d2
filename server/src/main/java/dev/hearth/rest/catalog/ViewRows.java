package dev.hearth.rest.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Reads which columns the columns of views come from, as far as a view itself says: the next
/// relation, which may be a view again.
final class ViewRows {

    /// A view, materialized or not.
    ///
    /// @param exposed whether its schema is
    /// @param columns names in their order
    /// @param origins where columns come from that are another relation's as they are
    record View(
            long relation,
            QualifiedName name,
            boolean exposed,
            List<String> columns,
            List<NodeTree.Origin> origins) {}

    private static final String VIEWS =
            """
            select c.oid::int8 as relation, n.nspname as schema, c.relname as name,
                   n.nspname = any(?) as exposed,
                   array(select a.attname::text from pg_attribute a
                       where a.attrelid = c.oid and a.attnum > 0 order by a.attnum) as columns,
                   r.ev_action::text as definition
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_rewrite r on r.ev_class = c.oid and r.ev_type = '1'
            where c.relkind in ('v', 'm')
              and n.nspname = any(?)
            order by n.nspname, c.relname
            """;

    private ViewRows() {}

    /// @param exposed schemas whose views are wanted
    /// @param traced these, and schemas through whose views is traced
    static List<View> read(Connection connection, List<String> exposed, List<String> traced)
            throws SQLException {
        return Rows.of(
                connection,
                VIEWS,
                row ->
                        new View(
                                row.oid("relation"),
                                row.name("schema", "name"),
                                row.flag("exposed"),
                                row.texts("columns"),
                                NodeTree.origins(row.text("definition"))),
                exposed,
                traced);
    }
}
