package dev.hearth.rest;

import dev.hearth.config.RestConfig;
import dev.hearth.config.RestConfig.DescriptionMode;
import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.plan.PlanRules;
import dev.hearth.rest.plan.Planner;
import dev.hearth.rest.request.RequestRules;

/// What requests are answered from until the catalog or the settings change: a new one is built
/// beside it then.
///
/// @param config what is in force
/// @param catalog the snapshot
/// @param templates what was made of requests with both
record Serving(RestConfig config, Catalog catalog, Templates templates) {

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
        return new Serving(config, catalog, new Templates(planner, rules));
    }

    Carrying carrying() {
        return new Carrying(config, catalog.timeZones());
    }
}
