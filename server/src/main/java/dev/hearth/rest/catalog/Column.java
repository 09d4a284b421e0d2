package dev.hearth.rest.catalog;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A column of a relation.
///
/// @param comment what the database says about it
/// @param baseType the type as SQL text; of a domain, the type beneath it
/// @param type the type as SQL text; of a domain, its own name
/// @param maxLength in characters, where the type has one
/// @param defaultExpression SQL that makes the value of a row that names none; `nextval` for an
///   identity that may be given, nothing for a generated column
/// @param labels of an enumerated type, in its order
public record Column(
        String name,
        Optional<String> comment,
        boolean nullable,
        String baseType,
        String type,
        OptionalInt maxLength,
        Optional<String> defaultExpression,
        List<String> labels) {

    /// Copies the list.
    public Column {
        labels = List.copyOf(labels);
    }
}
