package dev.hearth.rest.plan;

import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.catalog.Relationship;
import dev.hearth.rest.catalog.Relationship.Computed;
import dev.hearth.rest.catalog.Relationship.ForeignKey;
import dev.hearth.rest.catalog.Relationship.ManyToMany;
import dev.hearth.rest.catalog.Relationship.Pair;
import dev.hearth.rest.plan.JoinCondition.Side;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A [Branch] whose way from the level above is found.
///
/// @param way from the level above; empty for the root
/// @param relation whose columns it has
/// @param alias what its joined rows are called in the level above
/// @param joins what ties its rows to those of the level above
record Joined(
        Branch branch,
        Optional<Relationship> way,
        QualifiedName relation,
        Source source,
        String alias,
        List<JoinCondition> joins,
        List<Joined> below) {

    /// Whether there is at most one row for each of the level above.
    boolean toOne() {
        return way.map(Relationship::toOne).orElse(false);
    }

    /// Whether arrays are spread into the level above.
    boolean spreadsMany() {
        return branch.spread() && !toOne();
    }

    /// Finds the ways of a whole tree.
    ///
    /// @param source where the rows of the root come from
    /// @throws dev.hearth.problem.Refusal where no way or several lead to a level
    static Joined root(Branch branch, QualifiedName relation, Source source, Catalog catalog) {
        var search = new RelationshipSearch(catalog, relation.schema());
        return new Joined(
                branch,
                Optional.empty(),
                relation,
                source,
                "",
                List.of(),
                below(branch, relation, source, search));
    }

    private static List<Joined> below(
            Branch parent, QualifiedName origin, Source source, RelationshipSearch search) {
        return parent.branches().stream()
                .map(branch -> child(branch, origin, source, search))
                .toList();
    }

    private static Joined child(
            Branch branch, QualifiedName origin, Source above, RelationshipSearch search) {
        Relationship way = search.find(origin.name(), branch.name(), branch.hint());
        Source source = source(way, above, branch.depth());
        return new Joined(
                branch,
                Optional.of(way),
                way.target(),
                source,
                "%s_%s_%d".formatted(way.origin().name(), branch.key(), branch.depth()),
                joins(way, above.qualifier(), source.qualifier()),
                below(branch, way.target(), source, search));
    }

    private static Source source(Relationship way, Source above, int depth) {
        String alias = way.target().name() + "_" + depth;
        return switch (way) {
            case ForeignKey key -> new Source.Table(key.target(), Optional.of(alias));
            case ManyToMany many -> new Source.BehindJunction(many.target(), many.junction());
            case Computed computed ->
                    new Source.RowFunction(
                            computed.function(), above.qualifier(), computed.origin(), alias);
        };
    }

    private static List<JoinCondition> joins(Relationship way, Qualifier above, Qualifier own) {
        return switch (way) {
            case ForeignKey key -> pairs(key.columns(), own, above);
            case ManyToMany many ->
                    Stream.concat(
                                    pairs(many.targetColumns(), Qualifier.of(many.junction()), own)
                                            .stream(),
                                    pairs(
                                            many.originColumns(),
                                            Qualifier.of(many.junction()),
                                            above)
                                            .stream())
                            .toList();
            case Computed _ -> List.of();
        };
    }

    private static List<JoinCondition> pairs(List<Pair> pairs, Qualifier other, Qualifier origin) {
        return pairs.stream()
                .map(
                        pair ->
                                new JoinCondition(
                                        new Side(other, pair.other()),
                                        new Side(origin, pair.origin())))
                .toList();
    }
}
