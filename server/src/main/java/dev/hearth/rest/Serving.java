package dev.hearth.rest;

import dev.hearth.config.RestConfig;
import dev.hearth.config.RestConfig.DescriptionMode;
import dev.hearth.database.RequestSettings;
import dev.hearth.exchange.Request;
import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.outcome.Inspection;
import dev.hearth.rest.outcome.Transaction;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.plan.PlanRules;
import dev.hearth.rest.plan.Planner;
import dev.hearth.rest.request.RequestRules;
import dev.hearth.rest.request.RestRequest;
import dev.hearth.token.Caller;

/// What requests are answered from until the catalog or the settings change: a new one is built
/// beside it then.
///
/// @param config what is in force
/// @param catalog the snapshot
/// @param carrying says what transactions do
/// @param templates what was made of requests with all of it
record Serving(RestConfig config, Catalog catalog, Carrying carrying, Templates templates) {

    static Serving of(RestConfig config, Catalog catalog) {
        var planner =
                new Planner(
                        catalog,
                        new PlanRules(
                                config.maxRows(),
                                config.aggregates(),
                                config.plans(),
                                config.requireWhere()));
        var rules =
                new RequestRules(
                        config.schemas(),
                        config.description().mode() != DescriptionMode.DISABLED,
                        config.rootFunction().map(RestConfig.FunctionName::name));
        var carrying = new Carrying(config, catalog.timeZones());
        return new Serving(config, catalog, carrying, new Templates(planner, rules, carrying));
    }

    /// A look at a schema, under the same settings as any request.
    Inspection inspection(
            Caller caller, Request request, RestRequest understood, Plan.Describe plan) {
        return new Inspection(
                caller,
                own(carrying.settings(request.line(), understood, plan), request),
                carrying.preRequest(),
                plan.schema());
    }

    /// What is to be done for a request that a statement answers.
    static Transaction transaction(Caller caller, Request request, Templates.Ready ready) {
        Template.Work work = ready.template().work().orElseThrow();
        return new Transaction(
                caller,
                own(work.settings(), request),
                work.commands(),
                ready.values(),
                ready.payload().content());
    }

    private static RequestSettings own(RequestSettings settings, Request request) {
        return settings.and(
                RequestFacts.headers(request.headers()), RequestFacts.cookies(request.headers()));
    }
}
