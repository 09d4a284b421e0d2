package dev.hearth.rest.plan;

import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.Column;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.request.Field;
import dev.hearth.rest.request.Operation;

import java.util.List;
import java.util.Optional;

/// Finds out what a field of a relation is. What is no known column is left to the database: it may
/// be a function of the row.
record FieldResolver(Catalog catalog, QualifiedName relation) {

    /// What a domain's value is turned into for an answer.
    private static final String OUTPUT = "json";

    /// What a domain's value is made of in a query string.
    private static final String INPUT = "text";

    /// A field that is selected.
    Reference selected(Field field) {
        return reference(
                field,
                Optional.empty(),
                column(field).flatMap(known -> catalog.representation(known.type(), OUTPUT)));
    }

    /// A field that is compared.
    Reference compared(Field field, Operation operation) {
        Optional<Reference.SearchVector> vector =
                operation instanceof Operation.TextSearch search
                        ? column(field)
                                .filter(known -> !known.baseType().equals("tsvector"))
                                .map(_ -> new Reference.SearchVector(search.configuration()))
                        : Optional.empty();
        return reference(
                field,
                vector,
                column(field).flatMap(known -> catalog.representation(INPUT, known.type())));
    }

    /// A field that orders.
    Reference ordering(Field field) {
        return reference(field, Optional.empty(), Optional.empty());
    }

    /// Every column of the relation, one by one.
    List<Reference> everyColumn() {
        return catalog.relation(relation).stream()
                .flatMap(known -> known.columns().keySet().stream())
                .map(Field::of)
                .map(this::selected)
                .toList();
    }

    /// Whether the relation has a column that an answer shows otherwise than the database.
    boolean hasRepresentation() {
        return catalog.relation(relation).stream()
                .flatMap(known -> known.columns().values().stream())
                .anyMatch(column -> catalog.representation(column.type(), OUTPUT).isPresent());
    }

    private Optional<Column> column(Field field) {
        return catalog.column(relation, field.name());
    }

    /// A column that is JSON already is used as it is, so that an index on the path serves.
    private Reference reference(
            Field field, Optional<Reference.SearchVector> vector, Optional<String> representation) {
        boolean json =
                column(field)
                        .filter(known -> List.of("json", "jsonb").contains(known.type()))
                        .isPresent();
        return new Reference(
                Optional.empty(),
                field.name(),
                field.path(),
                !field.path().isEmpty() && !json,
                vector,
                representation,
                false);
    }
}
