package dev.hearth.realtime.changes.verdict;

import dev.hearth.realtime.changes.catalog.Table;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What a role may see of a table: whether policies apply to it, and the columns that it may
/// SELECT.
///
/// @param rowSecurity `row_security_active` as that role
/// @param columns numbers of the columns
public record Rights(boolean rowSecurity, Set<Integer> columns) {

    /// Asked as the role; its parameter is the table. USAGE on the schema counts, as without it
    /// nothing of the table can be read.
    static final String QUERY =
            """
            select row_security_active(c.oid),
                   case when not has_schema_privilege(c.relnamespace, 'USAGE') then ''
                        else array_to_string(array(
                          select a.attnum from pg_catalog.pg_attribute a
                          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                            and has_column_privilege(c.oid, a.attnum, 'SELECT')), ',') end
            from (select ?::int8::oid as oid) as t
            left join pg_catalog.pg_class c on c.oid = t.oid\
            """;

    /// None, of a table with policies.
    public static final Rights NONE = new Rights(true, Set.of());

    /// Copies the set.
    public Rights {
        columns = Set.copyOf(columns);
    }

    /// From the second column of the query.
    static Rights of(boolean rowSecurity, String numbers) {
        Set<Integer> columns =
                numbers.isEmpty()
                        ? Set.of()
                        : Arrays.stream(numbers.split(","))
                                .map(Integer::valueOf)
                                .collect(Collectors.toSet());
        return new Rights(rowSecurity, columns);
    }

    /// Whether it may SELECT the column.
    public boolean has(Table.Column column) {
        return columns.contains(column.number());
    }

    /// Whether it may SELECT all of them.
    public boolean hasAll(List<Table.Column> all) {
        return all.stream().allMatch(this::has);
    }
}
