package dev.hearth.rest;

import dev.hearth.config.RestConfig;
import dev.hearth.config.RestConfig.DescriptionMode;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Answer.Field;
import dev.hearth.exchange.Bytes;
import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.catalog.Relation;
import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.openapi.Address;
import dev.hearth.rest.openapi.OpenApi;
import dev.hearth.rest.outcome.Inspection.Usable;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.request.MediaType;
import dev.hearth.rest.request.RestRequest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes the answer of the root: the description of a schema (rest.md 16).
///
/// @param config what is in force
/// @param address where the data API is reached, unless the settings say otherwise
record Describing(RestConfig config, Catalog catalog, Address address) {

    private static final int OK = 200;

    Answer answer(RestRequest request, Plan.Describe plan, Usable usable) {
        var fields = new ArrayList<Field>();
        fields.add(new Field("Content-Type", MediaType.Known.OPENAPI.contentType()));
        if (request.profiled()) {
            fields.add(new Field("Content-Profile", plan.schema()));
        }
        return new Answer(
                OK, fields, plan.headOnly() ? Bytes.EMPTY : document(plan.schema(), usable));
    }

    private Bytes document(String schema, Usable usable) {
        return new OpenApi(
                        catalog,
                        relations(schema, usable),
                        routines(schema, usable),
                        Stream.concat(Stream.of(schema), config.extraSearchPath().stream())
                                .toList(),
                        usable.comment(),
                        config.description().proxyUri().flatMap(Address::of).orElse(address),
                        config.description().security())
                .document();
    }

    private List<Relation> relations(String schema, Usable usable) {
        return catalog.relations().values().stream()
                .filter(each -> each.name().schema().equals(schema))
                .filter(each -> tellsAll() || usable.relations().contains(each.name().name()))
                .sorted(Comparator.comparing(Relation::name))
                .toList();
    }

    private List<Routine> routines(String schema, Usable usable) {
        return catalog.routines().entrySet().stream()
                .filter(each -> each.getKey().schema().equals(schema))
                .sorted(Map.Entry.<QualifiedName, List<Routine>>comparingByKey())
                .flatMap(each -> each.getValue().stream())
                .filter(each -> tellsAll() || usable.routines().contains(signature(each)))
                .toList();
    }

    private boolean tellsAll() {
        return config.description().mode() == DescriptionMode.IGNORE_PRIVILEGES;
    }

    /// As [Usable#routines()] says it.
    private static String signature(Routine routine) {
        return routine.parameters().stream()
                .map(Routine.Parameter::type)
                .collect(Collectors.joining(",", routine.name().name() + "(", ")"));
    }
}
