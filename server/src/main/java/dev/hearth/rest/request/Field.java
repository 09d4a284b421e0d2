package dev.hearth.rest.request;

import java.util.List;

/// A column, or something inside a column that holds JSON: `data`, `data->tags->0`, `data->>name`.
///
/// @param name the column, or a function of the row
/// @param path the steps into its value; empty for the whole
public record Field(String name, List<JsonStep> path) {

    /// Copies the list.
    public Field {
        path = List.copyOf(path);
    }

    /// A whole column.
    public static Field of(String name) {
        return new Field(name, List.of());
    }
}
