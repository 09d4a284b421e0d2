package dev.hearth.rest.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What somebody may have meant who asked for what is not in the catalog (rest.md 15.1). Costs
/// nothing until it is asked, and what it makes then is kept for the next. Safe for any thread.
///
/// Mirrors the hints of PostgREST v14 `src/PostgREST/Error.hs`.
public final class Hints {

    /// Names of tables and functions are guarded: a guess must not list them.
    private static final double NAME = 0.75;

    private static final double ANY = 0.33;

    /// Schemas with so many relations get no suggestions of tables.
    private static final int TOO_MANY_RELATIONS = 500;

    /// A name to be used instead of another.
    ///
    /// @param given as it was asked for
    public record Replacement(String suggested, String given) {}

    private enum Kind {
        RELATIONS,
        ROUTINES,
        ORIGINS
    }

    private record Scope(Kind kind, String schema) {}

    private final Catalog catalog;
    private final Map<Scope, Suggestions> made = new ConcurrentHashMap<>();

    Hints(Catalog catalog) {
        this.catalog = catalog;
    }

    /// The relation of the schema that may be meant by a name that it does not have (PGRST205).
    public Optional<String> relation(String schema, String name) {
        return suggestions(Kind.RELATIONS, schema, () -> relations(schema)).closest(name, NAME);
    }

    /// The function that may be meant by a name that the schema does not have (PGRST202).
    public Optional<String> routine(String schema, String name) {
        return suggestions(
                        Kind.ROUTINES,
                        schema,
                        () -> inSchema(catalog.routines().keySet().stream(), schema))
                .closest(name, NAME);
    }

    /// The arguments of one of the functions of that name, as `(a, b)`, that are the most like
    /// those given (PGRST202).
    ///
    /// @param given names, in any order
    public Optional<String> arguments(QualifiedName routine, Collection<String> given) {
        var lists =
                catalog.routines(routine).stream()
                        .map(
                                each ->
                                        each.parameters().stream()
                                                .map(Routine.Parameter::name)
                                                .toList())
                        .map(Hints::list)
                        .toList();
        return Suggestions.of(lists).closest(list(given), ANY);
    }

    /// What to embed instead, where no relationship was found: another origin where this one has
    /// none, else another target; empty where both are known, so that the embedding's own hint is
    /// what does not fit (PGRST200).
    public Optional<Replacement> relationship(String schema, String origin, String target) {
        var name = new QualifiedName(schema, origin);
        List<Relationship> ways = catalog.relationships(name, schema);
        if (ways.isEmpty() && !List.of().equals(catalog.relationships().get(name))) {
            return suggestions(Kind.ORIGINS, schema, () -> origins(schema))
                    .closest(origin, ANY)
                    .map(suggested -> new Replacement(suggested, origin));
        }
        var targets =
                Suggestions.of(ways.stream().map(way -> way.target().name()).sorted().toList());
        return targets.contains(target)
                ? Optional.empty()
                : targets.closest(target, ANY).map(suggested -> new Replacement(suggested, target));
    }

    private Suggestions suggestions(Kind kind, String schema, Supplier<List<String>> names) {
        return made.computeIfAbsent(new Scope(kind, schema), _ -> Suggestions.of(names.get()));
    }

    private List<String> relations(String schema) {
        var names = inSchema(catalog.relations().keySet().stream(), schema);
        return names.size() < TOO_MANY_RELATIONS ? names : List.of();
    }

    private List<String> origins(String schema) {
        return catalog.relationships().keySet().stream()
                .filter(origin -> !catalog.relationships(origin, schema).isEmpty())
                .map(QualifiedName::name)
                .sorted()
                .toList();
    }

    private static List<String> inSchema(Stream<QualifiedName> names, String schema) {
        return names.filter(each -> each.schema().equals(schema))
                .map(QualifiedName::name)
                .sorted()
                .toList();
    }

    private static String list(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", ", "(", ")"));
    }
}
