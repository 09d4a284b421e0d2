package dev.hearth.rest.plan;

import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.QualifiedName;

import java.util.List;
import java.util.Optional;

/// What a caller may have meant by a name that is not there (rest.md 15.1).
record Hints(Catalog catalog) {

    Optional<String> relationship(String schema, String origin, String target) {
        return Optional.empty();
    }

    Optional<String> relation(QualifiedName name) {
        return Optional.empty();
    }

    Optional<String> function(QualifiedName name, List<String> arguments) {
        return Optional.empty();
    }
}
