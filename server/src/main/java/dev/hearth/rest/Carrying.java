package dev.hearth.rest;

import dev.hearth.config.RestConfig;
import dev.hearth.database.Mode;
import dev.hearth.database.RequestSettings;
import dev.hearth.database.RequestSettings.Setting;
import dev.hearth.database.Sql;
import dev.hearth.exchange.RequestLine;
import dev.hearth.rest.outcome.Commands;
import dev.hearth.rest.outcome.Steps;
import dev.hearth.rest.outcome.Steps.Checks;
import dev.hearth.rest.outcome.Steps.Estimate;
import dev.hearth.rest.plan.Mutation;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.request.MediaType;
import dev.hearth.rest.request.Preferences;
import dev.hearth.rest.request.RestRequest;

import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says what a transaction for a kind of request must do and what must be true of it (rest.md 13).
///
/// @param config what is in force
/// @param zones names of time zones that the database knows
record Carrying(RestConfig config, Set<String> zones) {

    /// What a function asks for is set with the others, but the isolation level has its own place
    /// in the statement that begins.
    private static final String ISOLATION = "default_transaction_isolation";

    Template.Work work(
            RequestLine line, RestRequest request, Plan.Statement plan, Statements statements) {
        return new Template.Work(
                settings(line, request, plan),
                new Commands(steps(request, plan, statements)),
                knowsZone(request));
    }

    private Steps steps(RestRequest request, Plan.Statement plan, Statements statements) {
        return new Steps(
                new Mode(plan.readOnly(), isolation(plan)),
                preRequest(),
                statements.main(),
                statements.estimate().map(statement -> estimate(statement, plan)),
                statements.rows(),
                checks(request, plan),
                isKept(request.preferences()),
                plan.format().mediaType() instanceof MediaType.Plan);
    }

    private static Estimate estimate(dev.hearth.rest.sql.Statement statement, Plan.Statement plan) {
        Plan.Read read = (Plan.Read) plan;
        return new Estimate(statement, read.count().orElseThrow(), read.maxRows());
    }

    /// The function that runs before every request, by its quoted name.
    Optional<String> preRequest() {
        return config.preRequest().map(Carrying::name);
    }

    private boolean knowsZone(RestRequest request) {
        return request.preferences().timeZone().filter(zones::contains).isPresent();
    }

    /// The settings of a request that its kind decides; the others come with each.
    RequestSettings settings(RequestLine line, RestRequest understood, Plan plan) {
        var settings = new ArrayList<Setting>();
        settings.add(new Setting("search_path", searchPath(understood.schema())));
        settings.add(new Setting("request.method", line.methodName()));
        settings.add(new Setting("request.path", line.below()));
        understood
                .preferences()
                .timeZone()
                .filter(zones::contains)
                .ifPresent(zone -> settings.add(new Setting("timezone", zone)));
        if (plan instanceof Plan.Call call) {
            call.routine()
                    .settings()
                    .forEach(
                            (name, value) -> {
                                if (!name.equals(ISOLATION)) {
                                    set(settings, name, value);
                                }
                            });
        }
        config.appSettings().forEach((name, value) -> set(settings, name, value.value()));
        return new RequestSettings(settings);
    }

    /// The last one of a name counts, at its place.
    private static void set(ArrayList<Setting> settings, String name, String value) {
        settings.removeIf(setting -> setting.name().equals(name));
        settings.add(new Setting(name, value));
    }

    private String searchPath(String schema) {
        return Stream.concat(Stream.of(schema), config.extraSearchPath().stream())
                .map(Sql::identifier)
                .collect(Collectors.joining(", "));
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
        String[] path =
                Stream.concat(function.schema().stream(), Stream.of(function.name()))
                        .toArray(String[]::new);
        return Sql.identifier(path);
    }
}
