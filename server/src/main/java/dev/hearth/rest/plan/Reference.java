package dev.hearth.rest.plan;

import dev.hearth.rest.request.JsonStep;

import java.util.List;
import java.util.Optional;

/// A field as it stands in a statement.
///
/// @param qualifier what it is qualified with; empty for the node's own source
/// @param name a column, a function of the row, or `*`
/// @param path the steps into its value
/// @param toJson whether the value must be made `jsonb` before the steps
/// @param searchVector how a text is made a vector of lexemes, where it must be
/// @param representation the function between the type of a domain and its outside form, as SQL
///   text: applied to the field where it is selected, to the value where it is compared
/// @param wholeRow whether the row itself is meant and not one of its columns
public record Reference(
        Optional<String> qualifier,
        String name,
        List<JsonStep> path,
        boolean toJson,
        Optional<SearchVector> searchVector,
        Optional<String> representation,
        boolean wholeRow) {

    /// Copies the list.
    public Reference {
        path = List.copyOf(path);
    }

    /// All columns.
    public static final Reference ALL = of("*");

    /// A field of which nothing else is known.
    public static Reference of(String name) {
        return new Reference(
                Optional.empty(),
                name,
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /// The same, inside the field.
    Reference at(List<JsonStep> steps) {
        return new Reference(
                qualifier, name, steps, !steps.isEmpty(), searchVector, representation, wholeRow);
    }

    /// The same, of joined rows.
    Reference qualified(String alias) {
        return new Reference(
                Optional.of(alias), name, path, toJson, searchVector, representation, wholeRow);
    }

    /// The row itself.
    Reference asWholeRow() {
        return new Reference(qualifier, name, path, toJson, searchVector, representation, true);
    }

    /// How a text is made a vector of lexemes.
    ///
    /// @param configuration of the text search; empty for the database's default
    public record SearchVector(Optional<String> configuration) {}
}
