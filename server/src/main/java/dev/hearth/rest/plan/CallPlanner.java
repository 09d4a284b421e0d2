package dev.hearth.rest.plan;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.catalog.Routine.Parameter;
import dev.hearth.rest.plan.Arguments.Given;
import dev.hearth.rest.request.Action.Call.How;
import dev.hearth.rest.request.Payload;
import dev.hearth.rest.request.QueryParameters.Argument;
import dev.hearth.rest.request.RestRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Plans calls of functions (rest.md 11).
record CallPlanner(Catalog catalog, PlanRules rules) {

    /// @throws Refusal with a [PlanProblem]
    Plan.Call plan(RestRequest request, Payload payload, QualifiedName name, How how) {
        Routine routine = routine(request, payload, name, how);
        QualifiedName rowType = rowType(routine);
        Branch branch =
                Branch.root(
                        rowType.name(),
                        request.parameters().select(),
                        new Branch.Asked(
                                request.parameters().conditions(),
                                request.parameters().orders(),
                                request.windows()));
        Joined joined = Joined.root(branch, rowType, new Source.Outcome(rowType.name()), catalog);
        ReadNode rows = new ReadPlanner(catalog, rules, rules.maxRows()).plan(joined);
        Format format =
                new Negotiation(catalog, rules.explains())
                        .format(request.accepted(), Optional.of(rowType), rows);
        Planner.refuseUnknown(request.preferences(), catalog);
        if (request.preferences().isStrict()
                && request.preferences().maxAffected().isPresent()
                && !routine.returns().set()) {
            throw new Refusal(new PlanProblem.NothingToCount());
        }
        return new Plan.Call(
                routine,
                arguments(request, payload, routine, how),
                Returning.of(joined, List.of()),
                filtered(rows),
                rows,
                how == How.HEAD ? format.withoutBody() : format,
                how != How.POST || routine.volatility() != Routine.Volatility.VOLATILE,
                how == How.HEAD,
                request.preferences().count());
    }

    /// The names of the arguments of a call by GET.
    static Set<String> argumentNames(RestRequest request) {
        return request.parameters().arguments().stream()
                .map(Argument::name)
                .collect(Collectors.toSet());
    }

    private Routine routine(RestRequest request, Payload payload, QualifiedName name, How how) {
        var search = new RoutineSearch(catalog);
        return how == How.POST
                ? search.byBody(name, Set.copyOf(payload.shape().keys()), request.contentType())
                : search.byArguments(name, argumentNames(request));
    }

    /// The relation whose rows come back, so that others can be embedded in them.
    private static QualifiedName rowType(Routine routine) {
        return new QualifiedName(
                routine.name().schema(),
                routine.returns().composite()
                        ? routine.returns().type().name()
                        : routine.name().name());
    }

    private static Arguments arguments(
            RestRequest request, Payload payload, Routine routine, How how) {
        List<Parameter> parameters = routine.parameters();
        if (parameters.size() == 1 && parameters.getFirst().name().isEmpty()) {
            return new Arguments.WholeBody(parameters.getFirst());
        }
        if (how != How.POST) {
            return values(routine, request.parameters().arguments());
        }
        if (payload.shape().kind() == Payload.Kind.FORM) {
            return values(routine, payload.fields());
        }
        Set<String> keys = Set.copyOf(payload.shape().keys());
        return new Arguments.Members(
                parameters.stream().filter(each -> keys.contains(each.name())).toList(),
                payload.shape().object());
    }

    /// Of a parameter that is given more than once, the last counts, unless it takes many.
    private static Arguments values(Routine routine, List<Argument> sent) {
        var given = new ArrayList<Given>();
        for (Parameter parameter : routine.parameters()) {
            List<String> values =
                    sent.stream()
                            .filter(each -> each.name().equals(parameter.name()))
                            .map(Argument::value)
                            .toList();
            if (!values.isEmpty()) {
                given.add(
                        new Given(
                                parameter,
                                parameter.variadic() ? values : List.of(values.getLast())));
            }
        }
        return new Arguments.Values(given);
    }

    /// The columns that conditions and order of the root need of the rows.
    private static List<String> filtered(ReadNode rows) {
        var names = new TreeSet<String>();
        rows.where().forEach(predicate -> collect(predicate, names));
        rows.order().stream()
                .map(Ordering::field)
                .filter(field -> field.qualifier().isEmpty())
                .forEach(field -> names.add(field.name()));
        return List.copyOf(names);
    }

    private static void collect(Predicate predicate, Set<String> names) {
        switch (predicate) {
            case Predicate.Comparison comparison -> names.add(comparison.field().name());
            case Predicate.Group group -> group.terms().forEach(term -> collect(term, names));
            case Predicate.Embedded _ -> {}
        }
    }
}
