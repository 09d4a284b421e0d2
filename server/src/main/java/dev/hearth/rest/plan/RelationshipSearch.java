package dev.hearth.rest.plan;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.catalog.Relationship;
import dev.hearth.rest.catalog.Relationship.Cardinality;
import dev.hearth.rest.catalog.Relationship.Computed;
import dev.hearth.rest.catalog.Relationship.ForeignKey;
import dev.hearth.rest.catalog.Relationship.ManyToMany;
import dev.hearth.rest.catalog.Relationship.Pair;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Finds the way from a relation to what a `select` embeds in it (rest.md 5.1).
///
/// @param schema of the request: where both ends are
record RelationshipSearch(Catalog catalog, String schema) {

    /// @param origin the name of the relation where it starts
    /// @param target what the request calls the embed: its relation, a computed relationship, a
    ///   constraint, or a column of the origin
    /// @param hint what tells several apart
    /// @throws Refusal with [PlanProblem.NoRelationship] or [PlanProblem.AmbiguousRelationship]
    Relationship find(String origin, String target, Optional<String> hint) {
        List<Relationship> candidates =
                catalog.relationships(new QualifiedName(schema, origin), schema).stream()
                        .filter(each -> fits(each, target, hint))
                        .toList();
        return switch (candidates.size()) {
            case 0 -> throw none(origin, target, hint);
            case 1 -> candidates.getFirst();
            default ->
                    throw new Refusal(
                            new PlanProblem.AmbiguousRelationship(origin, target, candidates));
        };
    }

    private Refusal none(String origin, String target, Optional<String> disambiguation) {
        Optional<String> likely = suggestion(origin, target);
        return new Refusal(
                new PlanProblem.NoRelationship(origin, target, disambiguation, schema, likely));
    }

    private Optional<String> suggestion(String origin, String target) {
        return catalog.hints()
                .relationship(schema, origin, target)
                .map(
                        replacement ->
                                "Perhaps you meant '%s' instead of '%s'."
                                        .formatted(replacement.suggested(), replacement.given()));
    }

    private static boolean fits(Relationship candidate, String target, Optional<String> hint) {
        return switch (candidate) {
            case Computed computed -> target.equals(computed.function().name());
            case ForeignKey key when key.self() -> fitsItself(key, target, hint);
            case ForeignKey key ->
                    hint.map(text -> target.equals(key.target().name()) && isMeant(key, text))
                            .orElseGet(() -> isNamed(key, target));
            case ManyToMany many ->
                    !many.self()
                            && target.equals(many.target().name())
                            && hint.map(many.junction().name()::equals).orElse(true);
        };
    }

    /// A relation that refers to itself is both ends: its name is the side of the many, the column
    /// that of the one.
    private static boolean fitsItself(ForeignKey key, String target, Optional<String> hint) {
        boolean many =
                target.equals(key.target().name()) && key.cardinality() == Cardinality.ONE_TO_MANY;
        if (hint.isPresent()) {
            return many && isOnly(key, Pair::other, hint.get());
        }
        boolean one =
                key.cardinality() == Cardinality.MANY_TO_ONE && isOnly(key, Pair::origin, target);
        return many || one;
    }

    private static boolean isNamed(ForeignKey key, String target) {
        boolean indirectly = target.equals(key.constraint()) || isOnly(key, Pair::origin, target);
        return target.equals(key.target().name()) || (indirectly && !key.targetIsView());
    }

    private static boolean isMeant(ForeignKey key, String hint) {
        return hint.equals(key.constraint())
                || isOnly(key, Pair::origin, hint)
                || isOnly(key, Pair::other, hint);
    }

    private static boolean isOnly(ForeignKey key, Function<Pair, String> side, String column) {
        return key.columns().size() == 1 && side.apply(key.columns().getFirst()).equals(column);
    }
}
