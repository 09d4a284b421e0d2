package dev.hearth.rest.plan;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.catalog.Relation;
import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.request.Action;
import dev.hearth.rest.request.Payload;
import dev.hearth.rest.request.Preferences;
import dev.hearth.rest.request.RestRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Makes plans from requests. Immutable; safe for any thread; no I/O.
///
/// Mirrors PostgREST v14 `src/PostgREST/Plan.hs`, also in the order in which a request may be
/// refused.
public final class Planner {

    private final Catalog catalog;
    private final PlanRules rules;

    /// @param catalog the snapshot that names are looked up in
    public Planner(Catalog catalog, PlanRules rules) {
        this.catalog = catalog;
        this.rules = rules;
    }

    /// @param payload the body, of which only the shape decides
    /// @throws Refusal with a [PlanProblem]
    public Plan plan(RestRequest request, Payload payload) {
        return switch (request.action()) {
            case Action.Read(String relation, boolean headOnly) ->
                    read(request, name(request, relation), headOnly);
            case Action.Change(String relation, Action.Change.Kind kind) ->
                    write(request, payload, name(request, relation), kind);
            case Action.Call(String function, Action.Call.How how) ->
                    new CallPlanner(catalog, rules)
                            .plan(request, payload, name(request, function), how);
            case Action.Describe(boolean headOnly) -> describe(request, headOnly);
            case Action.RelationOptions(String relation) ->
                    new Plan.Allow(methods(relation(name(request, relation))));
            case Action.FunctionOptions(String function) ->
                    new Plan.Allow(
                            methods(
                                    new RoutineSearch(catalog)
                                            .byArguments(
                                                    name(request, function),
                                                    CallPlanner.argumentNames(request))));
            case Action.RootOptions() -> new Plan.Allow("OPTIONS,GET,HEAD");
        };
    }

    private static QualifiedName name(RestRequest request, String name) {
        return new QualifiedName(request.schema(), name);
    }

    private Relation relation(QualifiedName name) {
        return catalog.relation(name)
                .orElseThrow(
                        () -> new Refusal(new PlanProblem.UnknownRelation(name, suggestion(name))));
    }

    private Optional<String> suggestion(QualifiedName name) {
        return catalog.hints()
                .relation(name.schema(), name.name())
                .map(
                        likely ->
                                "Perhaps you meant the table '%s.%s'"
                                        .formatted(name.schema(), likely));
    }

    private Plan read(RestRequest request, QualifiedName name, boolean headOnly) {
        relation(name);
        Branch branch =
                Branch.root(
                        name.name(),
                        request.parameters().select(),
                        new Branch.Asked(
                                request.parameters().conditions(),
                                request.parameters().orders(),
                                request.windows()));
        Joined joined =
                Joined.root(branch, name, new Source.Table(name, Optional.empty()), catalog);
        ReadNode rows = new ReadPlanner(catalog, rules, rules.maxRows()).plan(joined);
        Format format =
                new Negotiation(catalog, rules.explains())
                        .format(request.accepted(), Optional.of(name), rows);
        refuseUnknown(request.preferences(), catalog);
        return new Plan.Read(
                name,
                rows,
                headOnly ? format.withoutBody() : format,
                headOnly,
                request.preferences().count(),
                rules.maxRows());
    }

    private Plan write(
            RestRequest request, Payload payload, QualifiedName name, Action.Change.Kind kind) {
        Relation relation = relation(name);
        Branch branch =
                Branch.root(
                        name.name(),
                        request.parameters().select(),
                        new Branch.Asked(
                                request.parameters().conditions().stream()
                                        .filter(condition -> !condition.path().isEmpty())
                                        .toList(),
                                request.parameters().orders(),
                                Map.of()));
        Joined joined = Joined.root(branch, name, new Source.Outcome(name.name()), catalog);
        ReadNode rows = new ReadPlanner(catalog, rules, OptionalLong.empty()).plan(joined);
        Mutation mutation =
                new MutationPlanner(catalog, rules, relation)
                        .plan(request, payload.shape(), kind, joined);
        refuseUnknown(request.preferences(), catalog);
        Format format =
                new Negotiation(catalog, rules.explains())
                        .format(request.accepted(), Optional.of(name), rows);
        boolean shown =
                request.preferences()
                        .representation()
                        .equals(Optional.of(Preferences.Representation.REPRESENTATION));
        return new Plan.Write(mutation, rows, shown ? format : format.withoutBody());
    }

    private Plan describe(RestRequest request, boolean headOnly) {
        Negotiation.refuseUnlessDescription(request.accepted());
        return new Plan.Describe(request.schema(), headOnly);
    }

    /// @throws Refusal with [PlanProblem.UnknownPreferences] under strict handling
    static void refuseUnknown(Preferences preferences, Catalog catalog) {
        var unknown = new ArrayList<>(preferences.unknown());
        preferences
                .timeZone()
                .filter(zone -> !catalog.timeZones().contains(zone))
                .ifPresent(zone -> unknown.add("timezone=" + zone));
        if (preferences.isStrict() && !unknown.isEmpty()) {
            throw new Refusal(new PlanProblem.UnknownPreferences(unknown));
        }
    }

    private static String methods(Relation relation) {
        var methods = new ArrayList<>(List.of("OPTIONS", "GET", "HEAD"));
        if (relation.insertable()) {
            methods.add("POST");
        }
        if (relation.insertable() && relation.updatable() && !relation.primaryKey().isEmpty()) {
            methods.add("PUT");
        }
        if (relation.updatable()) {
            methods.add("PATCH");
        }
        if (relation.deletable()) {
            methods.add("DELETE");
        }
        return String.join(",", methods);
    }

    private static String methods(Routine routine) {
        return routine.volatility() == Routine.Volatility.VOLATILE
                ? "OPTIONS,POST"
                : "OPTIONS,GET,HEAD,POST";
    }
}
