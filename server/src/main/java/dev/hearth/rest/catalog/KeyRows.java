package dev.hearth.rest.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads primary keys, unique constraints and foreign keys of all schemas, since views of exposed
/// schemas may show those of others.
record KeyRows(List<KeyColumns> primaryKeys, List<ForeignKeyRow> foreignKeys) {

    /// Columns of one relation that belong to a key, in the key's order.
    record KeyColumns(long relation, QualifiedName name, List<KeyColumn> columns) {

        /// Names of the columns.
        List<String> names() {
            return columns.stream().map(KeyColumn::name).toList();
        }

        private Set<Integer> numbers() {
            return columns.stream().map(KeyColumn::number).collect(Collectors.toSet());
        }
    }

    /// A column of a key.
    ///
    /// @param number in its relation
    record KeyColumn(int number, String name) {}

    /// A foreign key.
    ///
    /// @param unique whether a primary key or unique constraint has exactly its columns
    record ForeignKeyRow(String constraint, KeyColumns from, KeyColumns to, boolean unique) {}

    // Constraints that partitions have from their parents are the parents'.
    private static final String KEYS =
            """
            select k.contype::text as kind, k.conname as constraint,
                   k.conparentid <> 0 as inherited,
                   k.conrelid::int8 as relation, fs.nspname as schema, f.relname as name,
                   k.conkey::int4[] as numbers,
                   array(select a.attname::text
                       from unnest(k.conkey) with ordinality as key (number, place)
                       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = key.number
                       order by key.place) as names,
                   k.confrelid::int8 as other, ts.nspname as other_schema, t.relname as other_name,
                   k.confkey::int4[] as other_numbers,
                   array(select a.attname::text
                       from unnest(k.confkey) with ordinality as key (number, place)
                       join pg_attribute a on a.attrelid = k.confrelid and a.attnum = key.number
                       order by key.place) as other_names
            from pg_constraint k
            join pg_class f on f.oid = k.conrelid
            join pg_namespace fs on fs.oid = f.relnamespace
            left join pg_class t on t.oid = k.confrelid
            left join pg_namespace ts on ts.oid = t.relnamespace
            where k.contype in ('p', 'u', 'f')
              and fs.nspname not in ('pg_catalog', 'information_schema')
            order by fs.nspname, f.relname, k.conname
            """;

    private record KeyRow(
            String kind,
            String constraint,
            boolean inherited,
            KeyColumns from,
            Optional<KeyColumns> to) {}

    static KeyRows read(Connection connection) throws SQLException {
        List<KeyRow> keys = Rows.of(connection, KEYS, KeyRows::key);
        var unique = new HashMap<Long, Set<Set<Integer>>>();
        for (KeyRow key : keys) {
            if (key.to().isEmpty()) {
                unique.computeIfAbsent(key.from().relation(), _ -> new HashSet<>())
                        .add(key.from().numbers());
            }
        }
        var primary = new ArrayList<KeyColumns>();
        var foreign = new ArrayList<ForeignKeyRow>();
        for (KeyRow key : keys) {
            if (key.kind().equals("p")) {
                primary.add(key.from());
            } else if (key.to().isPresent() && !key.inherited()) {
                boolean one =
                        unique.getOrDefault(key.from().relation(), Set.of())
                                .contains(key.from().numbers());
                foreign.add(new ForeignKeyRow(key.constraint(), key.from(), key.to().get(), one));
            }
        }
        return new KeyRows(primary, foreign);
    }

    private static KeyRow key(Rows.Row row) throws SQLException {
        return new KeyRow(
                row.text("kind"),
                row.text("constraint"),
                row.flag("inherited"),
                columns(row, "relation", ""),
                row.optionalText("other_name").isPresent()
                        ? Optional.of(columns(row, "other", "other_"))
                        : Optional.empty());
    }

    private static KeyColumns columns(Rows.Row row, String oid, String prefix) throws SQLException {
        List<Integer> numbers = row.numbers(prefix + "numbers");
        List<String> names = row.texts(prefix + "names");
        var columns = new ArrayList<KeyColumn>();
        for (int index = 0; index < numbers.size(); index++) {
            columns.add(new KeyColumn(numbers.get(index), names.get(index)));
        }
        return new KeyColumns(row.oid(oid), row.name(prefix + "schema", prefix + "name"), columns);
    }
}
