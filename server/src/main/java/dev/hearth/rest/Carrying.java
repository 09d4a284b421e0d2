package dev.hearth.rest;

import dev.hearth.config.RestConfig;
import dev.hearth.database.Mode;
import dev.hearth.database.RequestSettings;
import dev.hearth.database.Sql;
import dev.hearth.exchange.Request;
import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.outcome.Inspection;
import dev.hearth.rest.outcome.Transaction;
import dev.hearth.rest.outcome.Transaction.Checks;
import dev.hearth.rest.outcome.Transaction.Estimate;
import dev.hearth.rest.plan.Mutation;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.request.MediaType;
import dev.hearth.rest.request.Preferences;
import dev.hearth.rest.request.RestRequest;
import dev.hearth.token.Caller;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says what a transaction for a request must do and what must be true of it (rest.md 13).
///
/// @param config what is in force
/// @param zones names of time zones that the database knows
record Carrying(RestConfig config, java.util.Set<String> zones) {

    Transaction transaction(Caller caller, Request request, Templates.Ready ready) {
        Template template = ready.template();
        Plan.Statement plan = (Plan.Statement) template.plan();
        Template.Statements statements = template.statements().orElseThrow().with(ready.values());
        Transaction transaction =
                Transaction.of(
                                caller,
                                settings(request, template.request(), plan),
                                new Mode(plan.readOnly(), isolation(plan)),
                                statements.main(),
                                ready.payload().content())
                        .with(checks(template.request(), plan));
        if (preRequest().isPresent()) {
            transaction = transaction.after(preRequest().get());
        }
        if (statements.estimate().isPresent() && plan instanceof Plan.Read read) {
            transaction =
                    transaction.with(
                            new Estimate(
                                    statements.estimate().get(),
                                    read.count().orElseThrow(),
                                    read.maxRows()));
        }
        if (statements.rows().isPresent()) {
            transaction = transaction.rowByRow(statements.rows().get());
        }
        if (plan.format().mediaType() instanceof MediaType.Plan) {
            transaction = transaction.explaining();
        }
        return isKept(template.request().preferences()) ? transaction : transaction.notKept();
    }

    /// A look at a schema, under the same settings as any request.
    Inspection inspection(
            Caller caller, Request request, RestRequest understood, Plan.Describe plan) {
        return new Inspection(
                caller, settings(request, understood, plan), preRequest(), plan.schema());
    }

    private Optional<String> preRequest() {
        return config.preRequest().map(Carrying::name);
    }

    /// Whether the database knows the time zone that is preferred.
    boolean knowsZone(RestRequest request) {
        return request.preferences().timeZone().filter(zones::contains).isPresent();
    }

    private RequestSettings settings(Request request, RestRequest understood, Plan plan) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("search_path", searchPath(understood.schema()));
        settings.putAll(RequestFacts.of(request));
        understood
                .preferences()
                .timeZone()
                .filter(zones::contains)
                .ifPresent(zone -> settings.put("timezone", zone));
        if (plan instanceof Plan.Call call) {
            settings.putAll(hoisted(call.routine()));
        }
        config.appSettings().forEach((name, value) -> settings.put(name, value.value()));
        return new RequestSettings(settings);
    }

    private String searchPath(String schema) {
        return Stream.concat(Stream.of(schema), config.extraSearchPath().stream())
                .map(Sql::identifier)
                .collect(Collectors.joining(", "));
    }

    /// The isolation level has its own place in the statement that begins.
    private static Map<String, String> hoisted(Routine routine) {
        var settings = new LinkedHashMap<>(routine.settings());
        settings.remove("default_transaction_isolation");
        return settings;
    }

    private static Optional<Mode.Isolation> isolation(Plan plan) {
        return plan instanceof Plan.Call call
                ? call.routine().isolation().flatMap(Mode.Isolation::of)
                : Optional.empty();
    }

    private static Checks checks(RestRequest request, Plan.Statement plan) {
        Preferences preferences = request.preferences();
        boolean changes =
                plan instanceof Plan.Call
                        || plan instanceof Plan.Write(Mutation.Update _, _, _)
                        || plan instanceof Plan.Write(Mutation.Delete _, _, _);
        boolean ofKey = plan instanceof Plan.Write(Mutation.Upsert _, _, _);
        return new Checks(
                plan.format().singular() && !ofKey,
                changes && preferences.isStrict()
                        ? preferences.maxAffected()
                        : OptionalLong.empty(),
                ofKey);
    }

    private boolean isKept(Preferences preferences) {
        Optional<Preferences.Transaction> chosen =
                config.transactionEnd().mayBeOverridden()
                        ? preferences.transaction()
                        : Optional.empty();
        return chosen.map(end -> end == Preferences.Transaction.COMMIT)
                .orElse(!config.transactionEnd().rollsBack());
    }

    private static String name(RestConfig.FunctionName function) {
        return Stream.concat(function.schema().stream(), Stream.of(function.name()))
                .collect(
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                (List<String> path) ->
                                        Sql.identifier(path.toArray(String[]::new))));
    }
}
