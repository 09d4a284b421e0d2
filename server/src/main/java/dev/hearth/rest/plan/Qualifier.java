package dev.hearth.rest.plan;

import dev.hearth.rest.catalog.QualifiedName;

import java.util.Optional;

/// What stands before the name of a column: an alias, or a relation.
///
/// @param schema empty for an alias
public record Qualifier(Optional<String> schema, String name) {

    /// An alias within the statement.
    public static Qualifier alias(String name) {
        return new Qualifier(Optional.empty(), name);
    }

    /// A relation that has no alias.
    public static Qualifier of(QualifiedName relation) {
        return new Qualifier(Optional.of(relation.schema()), relation.name());
    }
}
