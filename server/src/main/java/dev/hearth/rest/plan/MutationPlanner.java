package dev.hearth.rest.plan;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.Column;
import dev.hearth.rest.catalog.Relation;
import dev.hearth.rest.plan.Mutation.BodyColumn;
import dev.hearth.rest.plan.Mutation.Conflict;
import dev.hearth.rest.request.Action.Change.Kind;
import dev.hearth.rest.request.Condition;
import dev.hearth.rest.request.Operation;
import dev.hearth.rest.request.Payload;
import dev.hearth.rest.request.Preferences;
import dev.hearth.rest.request.QueryParameters.Placed;
import dev.hearth.rest.request.RestRequest;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Plans what is done to a relation (rest.md 10).
record MutationPlanner(Catalog catalog, PlanRules rules, Relation relation) {

    /// @param joined what is read back
    /// @throws Refusal with a [PlanProblem]
    Mutation plan(RestRequest request, Payload.Shape body, Kind kind, Joined joined) {
        List<String> returning =
                request.preferences()
                        .representation()
                        .filter(each -> each != Preferences.Representation.MINIMAL)
                        .map(_ -> Returning.of(joined, relation.primaryKey()))
                        .orElse(List.of());
        boolean defaults =
                request.preferences().missing().equals(Optional.of(Preferences.Missing.DEFAULT));
        return switch (kind) {
            case INSERT ->
                    new Mutation.Insert(
                            relation.name(),
                            columns(body),
                            body.object(),
                            conflict(request),
                            returning,
                            relation.primaryKey(),
                            defaults);
            case UPSERT -> {
                refuseUnlessKey(request);
                yield new Mutation.Upsert(
                        relation.name(),
                        columns(body),
                        body.object(),
                        where(request),
                        returning,
                        relation.primaryKey());
            }
            case UPDATE -> {
                List<BodyColumn> columns = columns(body);
                refuseUnlessWhere(request, "UPDATE", columns.isEmpty());
                yield new Mutation.Update(
                        relation.name(),
                        columns,
                        body.object(),
                        where(request),
                        returning,
                        defaults);
            }
            case DELETE -> {
                refuseUnlessWhere(request, "DELETE", false);
                yield new Mutation.Delete(relation.name(), where(request), returning);
            }
        };
    }

    private List<BodyColumn> columns(Payload.Shape body) {
        return body.keys().stream().map(this::column).toList();
    }

    private BodyColumn column(String name) {
        Column column =
                relation.column(name)
                        .orElseThrow(
                                () ->
                                        new Refusal(
                                                new PlanProblem.UnknownColumn(
                                                        relation.name().name(), name)));
        Optional<String> representation = catalog.representation("json", column.type());
        return new BodyColumn(
                name,
                representation.map(_ -> "json").orElse(column.type()),
                representation,
                column.defaultExpression());
    }

    private Optional<Conflict> conflict(RestRequest request) {
        List<String> columns = request.parameters().onConflict().orElse(relation.primaryKey());
        return request.preferences()
                .resolution()
                .map(
                        resolution ->
                                new Conflict(
                                        resolution == Preferences.Resolution.MERGE_DUPLICATES,
                                        columns));
    }

    private List<Predicate> where(RestRequest request) {
        return ReadPlanner.conditions(
                atRoot(request).stream(), new FieldResolver(catalog, relation.name()));
    }

    private static List<Condition> atRoot(RestRequest request) {
        return request.parameters().conditions().stream()
                .filter(condition -> condition.path().isEmpty())
                .map(Placed::value)
                .toList();
    }

    private void refuseUnlessKey(RestRequest request) {
        Set<String> filtered = new HashSet<>();
        boolean plain = true;
        for (Condition condition : atRoot(request)) {
            plain &= condition instanceof Condition.Filter filter && isPlain(filter);
            if (condition instanceof Condition.Filter filter) {
                filtered.add(filter.field().name());
            }
        }
        boolean trees =
                request.parameters().conditions().stream()
                        .anyMatch(condition -> condition.value() instanceof Condition.Group);
        if (!plain
                || trees
                || relation.primaryKey().isEmpty()
                || !filtered.equals(Set.copyOf(relation.primaryKey()))) {
            throw new Refusal(new PlanProblem.NotTheKey());
        }
    }

    private static boolean isPlain(Condition.Filter filter) {
        return !filter.negated()
                && filter.operation() instanceof Operation.Quantified quantified
                && quantified.operator() == Operation.QuantifiedOperator.EQ
                && quantified.quantifier().isEmpty();
    }

    private void refuseUnlessWhere(RestRequest request, String verb, boolean harmless) {
        if (rules.requiresWhere() && !harmless && atRoot(request).isEmpty()) {
            throw new Refusal(new PlanProblem.NoWhere(verb));
        }
    }
}
