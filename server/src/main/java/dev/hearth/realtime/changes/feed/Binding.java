package dev.hearth.realtime.changes.feed;

import java.util.List;
import java.util.Optional;

/// One entry of `config.postgres_changes` of a join, as the client sent it.
///
/// @param id the number under which the client knows it, 1 to 2^31-1; two different bindings of one
///   channel never share it
/// @param event `INSERT`, `UPDATE`, `DELETE` in any case; anything else means all
/// @param schema the schema, `*` for all; absent means `public` where a table is named
/// @param table the table, `*` or absent for all of the schema
/// @param filter the filter text (realtime.md 6.4); blank counts as absent
/// @param select the columns to deliver besides the primary key; empty means all
public record Binding(
        int id,
        String event,
        Optional<String> schema,
        Optional<String> table,
        Optional<String> filter,
        List<String> select) {

    /// Copies the list.
    public Binding {
        select = List.copyOf(select);
    }
}
