package dev.hearth.rest.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.catalog.Routine.Parameter;
import dev.hearth.rest.catalog.Routine.Volatility;

import java.util.List;

/// How a function is called.
///
/// @param searchPath schemas whose types go by their bare names
record RoutinePaths(List<String> searchPath) {

    private static final List<String> PRODUCED =
            List.of(
                    "application/json",
                    "application/vnd.pgrst.object+json;nulls=stripped",
                    "application/vnd.pgrst.object+json");

    /// Copies the list.
    RoutinePaths {
        searchPath = List.copyOf(searchPath);
    }

    /// One that may write is not to be called by `GET`.
    void describe(ObjectNode path, Routine routine) {
        if (routine.volatility() != Volatility.VOLATILE) {
            ObjectNode get = operation(path, "get", routine);
            if (!routine.parameters().isEmpty()) {
                ArrayNode parameters = get.putArray("parameters");
                routine.parameters().forEach(each -> query(parameters.addObject(), each));
            }
        }
        ArrayNode parameters = operation(path, "post", routine).putArray("parameters");
        ObjectNode body = parameters.addObject();
        body.put("name", "args").put("required", true).put("in", "body");
        body(body.putObject("schema"), routine);
        parameters.addObject().put("$ref", "#/parameters/preferParams");
    }

    private static ObjectNode operation(ObjectNode path, String method, Routine routine) {
        ObjectNode operation = path.putObject(method);
        operation.putArray("tags").add("(rpc) " + routine.name().name());
        Summary.describe(operation, routine.comment());
        PRODUCED.forEach(operation.putArray("produces")::add);
        RelationPaths.answer(operation, "200", "OK");
        return operation;
    }

    /// In a query string an array is a text, and so is what could be any JSON; only a variadic
    /// parameter is given several times.
    private void query(ObjectNode node, Parameter parameter) {
        DataType type = type(parameter);
        node.put("name", parameter.name()).put("required", parameter.required()).put("in", "query");
        if (!parameter.variadic()) {
            node.put("type", type.type().filter(name -> !name.equals("array")).orElse("string"));
            node.put("format", type.format());
            return;
        }
        node.put("type", type.type().orElse("string")).put("collectionFormat", "multi");
        ObjectNode items = node.putObject("items");
        type.element().type().ifPresent(name -> items.put("type", name));
        items.put("format", type.element().format());
    }

    private void body(ObjectNode schema, Routine routine) {
        routine.comment().ifPresent(comment -> schema.put("description", comment));
        schema.put("type", "object");
        List<Parameter> required =
                routine.parameters().stream().filter(Parameter::required).toList();
        if (!required.isEmpty()) {
            ArrayNode names = schema.putArray("required");
            required.forEach(each -> names.add(each.name()));
        }
        if (!routine.parameters().isEmpty()) {
            ObjectNode properties = schema.putObject("properties");
            routine.parameters()
                    .forEach(each -> type(each).describe(properties.putObject(each.name())));
        }
    }

    private DataType type(Parameter parameter) {
        String type = parameter.type();
        for (String schema : searchPath) {
            for (String prefix : List.of(schema + ".", '"' + schema + "\".")) {
                if (type.startsWith(prefix)) {
                    return new DataType(type.substring(prefix.length()));
                }
            }
        }
        return new DataType(type);
    }
}
