package dev.hearth.rest.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.rest.catalog.Column;
import dev.hearth.rest.catalog.Relation;

import java.util.List;
import java.util.stream.Stream;

/// The parameters that operations refer to by name.
final class Parameters {

    private static final String PAGES = "Limiting and Pagination";
    private static final List<String> RETURN =
            List.of("return=representation", "return=minimal", "return=none");
    private static final List<String> RESOLUTION =
            List.of("resolution=ignore-duplicates", "resolution=merge-duplicates");

    private Parameters() {}

    /// Those that are the same for every relation.
    static void describe(ObjectNode parameters) {
        prefer(parameters, "preferParams", List.of());
        prefer(parameters, "preferReturn", RETURN);
        prefer(parameters, "preferCount", List.of("count=none"));
        prefer(
                parameters,
                "preferPost",
                Stream.concat(RETURN.stream(), RESOLUTION.stream()).toList());
        text(parameters.putObject("select"), "select", "Filtering Columns", "query");
        text(parameters.putObject("on_conflict"), "on_conflict", "On Conflict", "query");
        text(parameters.putObject("order"), "order", "Ordering", "query");
        text(parameters.putObject("range"), "Range", PAGES, "header");
        text(parameters.putObject("rangeUnit"), "Range-Unit", PAGES, "header")
                .put("default", "items");
        text(parameters.putObject("offset"), "offset", PAGES, "query");
        text(parameters.putObject("limit"), "limit", PAGES, "query");
    }

    /// Those of a relation: a row as the body, and a filter for every column.
    static void describe(ObjectNode parameters, Relation relation) {
        String name = relation.name().name();
        ObjectNode body = parameters.putObject(body(relation));
        named(body, name, "body").put("description", name);
        body.putObject("schema").put("$ref", "#/definitions/" + name);
        for (Column column : relation.columns().values()) {
            ObjectNode filter = parameters.putObject(rowFilter(relation, column));
            named(filter, column.name(), "query").put("type", "string");
            column.comment().ifPresent(comment -> filter.put("description", comment));
        }
    }

    static String body(Relation relation) {
        return "body." + relation.name().name();
    }

    static String rowFilter(Relation relation, Column column) {
        return "rowFilter." + relation.name().name() + "." + column.name();
    }

    private static void prefer(ObjectNode parameters, String key, List<String> values) {
        ObjectNode parameter = text(parameters.putObject(key), "Prefer", "Preference", "header");
        if (!values.isEmpty()) {
            ArrayNode allowed = parameter.putArray("enum");
            values.forEach(allowed::add);
        }
    }

    private static ObjectNode text(
            ObjectNode parameter, String name, String description, String where) {
        return named(parameter, name, where).put("description", description).put("type", "string");
    }

    private static ObjectNode named(ObjectNode parameter, String name, String where) {
        return parameter.put("name", name).put("required", false).put("in", where);
    }
}
