package dev.hearth.rest.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A snapshot of what the exposed schemas hold. Immutable; safe for any thread. Equal only to
/// itself, so that it can stand for its version.
///
/// Privileges are not part of it: a table that the caller may not read is refused by the database.
public final class Catalog {

    /// From one type to another, both as SQL text.
    public record Cast(String source, String target) {}

    /// Nothing at all.
    public static final Catalog EMPTY =
            new Catalog(Map.of(), Map.of(), Map.of(), Map.of(), List.of(), Set.of());

    private final Map<QualifiedName, Relation> relations;
    private final Map<QualifiedName, List<Relationship>> relationships;
    private final Map<QualifiedName, List<Routine>> routines;
    private final Map<Cast, String> representations;
    private final List<MediaHandler> handlers;
    private final Set<String> timeZones;
    private final Hints hints;

    /// Copies the collections.
    ///
    /// @param relations of the exposed schemas
    /// @param relationships by the relation where they start; those to exposed schemas only, in the
    ///   order in which an ambiguous one lists them
    /// @param routines by name, those with fewer parameters first
    /// @param representations functions between domains and `json` or `text`, by source and target
    ///   type
    /// @param handlers of media types
    /// @param timeZones names that the database knows
    public Catalog(
            Map<QualifiedName, Relation> relations,
            Map<QualifiedName, List<Relationship>> relationships,
            Map<QualifiedName, List<Routine>> routines,
            Map<Cast, String> representations,
            List<MediaHandler> handlers,
            Set<String> timeZones) {
        this.relations = Map.copyOf(relations);
        this.relationships = copied(relationships);
        this.routines = copied(routines);
        this.representations = Map.copyOf(representations);
        this.handlers = List.copyOf(handlers);
        this.timeZones = Set.copyOf(timeZones);
        this.hints = new Hints(this);
    }

    private static <T> Map<QualifiedName, List<T>> copied(Map<QualifiedName, List<T>> lists) {
        var copy = new HashMap<QualifiedName, List<T>>();
        lists.forEach((name, list) -> copy.put(name, List.copyOf(list)));
        return Map.copyOf(copy);
    }

    /// Relations of the exposed schemas.
    public Map<QualifiedName, Relation> relations() {
        return relations;
    }

    /// Ways between relations of the exposed schemas, by the relation where they start.
    public Map<QualifiedName, List<Relationship>> relationships() {
        return relationships;
    }

    /// Functions of the exposed schemas by name, those with fewer parameters first.
    public Map<QualifiedName, List<Routine>> routines() {
        return routines;
    }

    /// Functions between domains and `json` or `text`, as SQL text.
    public Map<Cast, String> representations() {
        return representations;
    }

    /// Handlers of media types.
    public List<MediaHandler> handlers() {
        return handlers;
    }

    /// Names of time zones that the database knows.
    public Set<String> timeZones() {
        return timeZones;
    }

    /// What may be meant by a name that is not here.
    public Hints hints() {
        return hints;
    }

    /// The relation of that name.
    public Optional<Relation> relation(QualifiedName name) {
        return Optional.ofNullable(relations.get(name));
    }

    /// The column of a relation; empty where either is unknown.
    public Optional<Column> column(QualifiedName relation, String column) {
        return relation(relation).flatMap(found -> found.column(column));
    }

    /// The ways from a relation that a request to a schema finds: to relations of that schema, or
    /// computed by its functions, wherever these lead.
    public List<Relationship> relationships(QualifiedName origin, String schema) {
        return relationships.getOrDefault(origin, List.of()).stream()
                .filter(each -> each.foundIn().equals(schema))
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
    ///
    /// @param rows the relation; of a call, the relation whose rows the function returns, or the
    ///   function itself; empty for rows of any kind
    /// @param mediaType in lower case
    public Optional<MediaHandler> handler(Optional<QualifiedName> rows, String mediaType) {
        return handlers.stream()
                .filter(each -> each.rows().equals(rows) && each.mediaType().equals(mediaType))
                .findFirst();
    }
}
