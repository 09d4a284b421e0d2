package dev.hearth.rest.plan;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.request.Condition;
import dev.hearth.rest.request.Operation;
import dev.hearth.rest.request.OrderTerm;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Makes the nodes of a plan from levels whose ways are found. The passes are upstream's, so that
/// of several things that are wrong the same one is told.
final class ReadPlanner {

    private final Catalog catalog;
    private final PlanRules rules;
    private final OptionalLong maxRows;

    /// @param maxRows the most rows of every node; empty where the rows are those of a change
    ReadPlanner(Catalog catalog, PlanRules rules, OptionalLong maxRows) {
        this.catalog = catalog;
        this.rules = rules;
        this.maxRows = maxRows;
    }

    /// @throws Refusal with a [PlanProblem]
    ReadNode plan(Joined root) {
        Level level = level(root, false);
        if (!rules.aggregates() && level.hasAggregate()) {
            throw new Refusal(new PlanProblem.AggregatesOff());
        }
        return Hoisting.of(level.described()).level().node();
    }

    /// @param grouped whether a level above groups, so that every column must be named
    private Level level(Joined joined, boolean grouped) {
        var resolver = new FieldResolver(catalog, joined.relation());
        var selection = new Selection(resolver, joined, grouped);
        List<Level> below =
                joined.below().stream().map(each -> level(each, selection.groups())).toList();
        return new Level(
                joined,
                selection.fields(),
                List.of(),
                joined.branch().conditions().stream()
                        .map(condition -> predicate(condition, resolver, joined))
                        .toList(),
                joined.branch().order().stream()
                        .map(term -> ordering(term, resolver, joined))
                        .toList(),
                joined.branch().window().capped(maxRows),
                below);
    }

    private static Predicate predicate(Condition condition, FieldResolver resolver, Joined joined) {
        return switch (condition) {
            case Condition.Group(boolean negated, var connective, var terms) ->
                    new Predicate.Group(
                            negated,
                            connective,
                            terms.stream().map(term -> predicate(term, resolver, joined)).toList());
            case Condition.Filter filter ->
                    nullTest(filter, joined).orElseGet(() -> comparison(filter, resolver));
        };
    }

    /// A condition on a field alone.
    static Predicate comparison(Condition.Filter filter, FieldResolver resolver) {
        return new Predicate.Comparison(
                resolver.compared(filter.field(), filter.operation()),
                filter.negated(),
                filter.operation());
    }

    /// `rel=is.null` and `rel=not.is.null` ask for what is embedded.
    private static Optional<Predicate> nullTest(Condition.Filter filter, Joined joined) {
        if (!filter.field().path().isEmpty()
                || !filter.operation().equals(new Operation.Is(Operation.IsValue.NULL))) {
            return Optional.empty();
        }
        return joined.below().stream()
                .filter(each -> each.branch().key().equals(filter.field().name()))
                .findFirst()
                .map(each -> new Predicate.Embedded(each.alias(), filter.negated()));
    }

    private static Ordering ordering(OrderTerm term, FieldResolver resolver, Joined joined) {
        Reference field =
                term.relation()
                        .map(relation -> ofOne(relation, term, joined))
                        .orElseGet(() -> resolver.ordering(term.field()));
        return new Ordering(field, term.direction(), term.nulls());
    }

    private static Reference ofOne(String relation, OrderTerm term, Joined joined) {
        Joined embedded =
                joined.below().stream()
                        .filter(each -> each.branch().key().equals(relation))
                        .findFirst()
                        .orElseThrow(() -> new Refusal(new PlanProblem.NotEmbedded(relation)));
        if (!embedded.toOne()) {
            throw new Refusal(
                    new PlanProblem.OrderByMany(joined.relation().name(), embedded.branch().key()));
        }
        return Reference.of(term.field().name())
                .at(term.field().path())
                .qualified(embedded.alias());
    }

    /// The conditions on the root of a change, which decide what is changed.
    static List<Predicate> conditions(Stream<Condition> conditions, FieldResolver resolver) {
        return conditions.map(condition -> condition(condition, resolver)).toList();
    }

    private static Predicate condition(Condition condition, FieldResolver resolver) {
        return switch (condition) {
            case Condition.Filter filter -> comparison(filter, resolver);
            case Condition.Group(boolean negated, var connective, var terms) ->
                    new Predicate.Group(
                            negated,
                            connective,
                            terms.stream().map(term -> condition(term, resolver)).toList());
        };
    }
}
