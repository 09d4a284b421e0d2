package dev.hearth.rest.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A snapshot of what the exposed schemas hold. Immutable; safe for any thread.
///
/// Privileges are not part of it: a table that the caller may not read is refused by the database.
///
/// @param relations of the exposed schemas
/// @param relationships by the relation where they start; those to exposed schemas only
/// @param routines by name, those with fewer parameters first
/// @param representations functions between domains and `json` or `text`, by source and target type
/// @param handlers of media types
/// @param timeZones names that the database knows
public record Catalog(
        Map<QualifiedName, Relation> relations,
        Map<QualifiedName, List<Relationship>> relationships,
        Map<QualifiedName, List<Routine>> routines,
        Map<Cast, String> representations,
        List<MediaHandler> handlers,
        Set<String> timeZones) {

    /// From one type to another, both as SQL text.
    public record Cast(String source, String target) {}

    /// Nothing at all.
    public static final Catalog EMPTY =
            new Catalog(Map.of(), Map.of(), Map.of(), Map.of(), List.of(), Set.of());

    /// Copies the collections.
    public Catalog {
        relations = Map.copyOf(relations);
        relationships = copied(relationships);
        routines = copied(routines);
        representations = Map.copyOf(representations);
        handlers = List.copyOf(handlers);
        timeZones = Set.copyOf(timeZones);
    }

    private static <T> Map<QualifiedName, List<T>> copied(Map<QualifiedName, List<T>> lists) {
        var copy = new HashMap<QualifiedName, List<T>>();
        lists.forEach((name, list) -> copy.put(name, List.copyOf(list)));
        return Map.copyOf(copy);
    }

    /// The relation of that name.
    public Optional<Relation> relation(QualifiedName name) {
        return Optional.ofNullable(relations.get(name));
    }

    /// The column of a relation; empty where either is unknown.
    public Optional<Column> column(QualifiedName relation, String column) {
        return relation(relation).flatMap(found -> found.column(column));
    }

    /// The ways from a relation to relations of a schema.
    public List<Relationship> relationships(QualifiedName origin, String targetSchema) {
        return relationships.getOrDefault(origin, List.of()).stream()
                .filter(each -> each.target().schema().equals(targetSchema))
                .toList();
    }

    /// The functions of that name.
    public List<Routine> routines(QualifiedName name) {
        return routines.getOrDefault(name, List.of());
    }

    /// The function that turns values of one type into another, as SQL text.
    public Optional<String> representation(String source, String target) {
        return Optional.ofNullable(representations.get(new Cast(source, target)));
    }

    /// The handler of a media type for rows of a relation, or for rows of any kind.
    public Optional<MediaHandler> handler(Optional<QualifiedName> rows, String mediaType) {
        return handlers.stream()
                .filter(each -> each.rows().equals(rows) && each.mediaType().equals(mediaType))
                .findFirst();
    }
}
