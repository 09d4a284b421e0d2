package dev.hearth.realtime.changes.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A published table as the catalog has it. Immutable.
///
/// @param oid of the table that is matched, granted and judged: of a partition it is the root
/// @param columns in the table's order
/// @param policies those that apply to SELECT
/// @param fingerprint changes whenever one of these policies does
public record Table(
        long oid,
        String schema,
        String name,
        List<Column> columns,
        List<Policy> policies,
        String fingerprint) {

    /// Asks for the fingerprints of tables, an array of their OIDs: rows of OID and fingerprint.
    public static final String FINGERPRINTS =
            """
            select t.oid, coalesce(string_agg(
                     p.oid::text || '.' || p.xmin::text, ',' order by p.oid), '')
            from unnest(?::int8[]) as t(oid)
            left join pg_catalog.pg_policy p
              on p.polrelid = t.oid::oid and p.polcmd in ('r', '*')
            group by t.oid\
            """;

    /// Copies the lists.
    public Table {
        columns = List.copyOf(columns);
        policies = List.copyOf(policies);
    }

    /// A column.
    ///
    /// @param number `attnum`
    /// @param type the type's OID
    /// @param key whether it belongs to the primary key
    /// @param published whether the stream carries it
    /// @param deterministic whether equal values have equal bytes, as far as the collation goes
    public record Column(
            int number,
            String name,
            long type,
            boolean key,
            boolean published,
            boolean deterministic) {}

    /// A policy for SELECT or ALL that has a USING expression.
    ///
    /// @param roles OIDs; 0 is everybody
    /// @param expression as the database prints it, every name with its schema
    /// @param columns numbers of the columns that it reads
    public record Policy(
            boolean permissive, List<Long> roles, String expression, Set<Integer> columns) {

        /// Copies the sets.
        public Policy {
            roles = List.copyOf(roles);
            columns = Set.copyOf(columns);
        }

        /// Whether it may read columns that its dependencies do not name.
        public boolean readsWholeRow() {
            return expression.contains(".*");
        }
    }

    /// The primary key; empty where there is none.
    public List<Column> key() {
        return columns.stream().filter(Column::key).toList();
    }

    /// Whether the columns are the same, so that a checked filter stays right.
    public boolean hasColumnsOf(Table other) {
        return columns.equals(other.columns);
    }

    /// For each column of this table its place among `names`, or -1.
    int[] placesIn(List<String> names) {
        return columns.stream().mapToInt(column -> names.indexOf(column.name())).toArray();
    }

    /// The same where the names are those of an earlier shape: columns keep their numbers.
    int[] placesIn(List<String> names, Table earlier) {
        Map<Integer, String> then =
                earlier.columns.stream().collect(Collectors.toMap(Column::number, Column::name));
        return columns.stream()
                .mapToInt(column -> names.indexOf(then.getOrDefault(column.number(), "")))
                .toArray();
    }

    /// What the stream carries, as it names and orders the columns.
    List<String> carried() {
        return columns.stream().filter(Column::published).map(Column::name).toList();
    }

    /// Whether it carries all these columns.
    public boolean carries(Set<String> names) {
        return carried().containsAll(names);
    }

    /// Schema and name as PostgreSQL's messages write them.
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
