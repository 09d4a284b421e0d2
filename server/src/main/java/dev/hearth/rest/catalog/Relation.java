package dev.hearth.rest.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table, view, materialized view, foreign table or partitioned table of an exposed schema.
///
/// @param comment what the database says about it
/// @param view whether it is a view, materialized or not
/// @param insertable whether rows can be inserted, privileges aside
/// @param updatable whether rows can be updated, privileges aside
/// @param deletable whether rows can be deleted, privileges aside
/// @param primaryKey names of its columns; of a view, those traced to a table's
/// @param columns by name, in the order of the relation
public record Relation(
        QualifiedName name,
        Optional<String> comment,
        boolean view,
        boolean insertable,
        boolean updatable,
        boolean deletable,
        List<String> primaryKey,
        Map<String, Column> columns) {

    /// Copies the collections, keeping their order.
    public Relation {
        primaryKey = List.copyOf(primaryKey);
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /// The column of that name.
    public Optional<Column> column(String column) {
        return Optional.ofNullable(columns.get(column));
    }
}
