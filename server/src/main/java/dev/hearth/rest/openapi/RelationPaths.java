package dev.hearth.rest.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.rest.catalog.Relation;

import java.util.List;
import java.util.stream.Stream;

/// What can be done with a relation.
final class RelationPaths {

    private RelationPaths() {}

    /// A relation that takes any change is told to take all.
    static void describe(ObjectNode path, Relation relation) {
        List<String> filters =
                relation.columns().values().stream()
                        .map(column -> Parameters.rowFilter(relation, column))
                        .toList();
        read(operation(path, "get", relation), relation, filters);
        if (relation.insertable() || relation.updatable() || relation.deletable()) {
            ObjectNode post = operation(path, "post", relation);
            refer(post, Stream.of(Parameters.body(relation), "select", "preferPost"));
            answer(post, "201", "Created");
            ObjectNode patch = operation(path, "patch", relation);
            refer(
                    patch,
                    Stream.concat(
                            filters.stream(),
                            Stream.of(Parameters.body(relation), "preferReturn")));
            answer(patch, "204", "No Content");
            ObjectNode delete = operation(path, "delete", relation);
            refer(delete, Stream.concat(filters.stream(), Stream.of("preferReturn")));
            answer(delete, "204", "No Content");
        }
    }

    private static void read(ObjectNode get, Relation relation, List<String> filters) {
        refer(
                get,
                Stream.concat(
                        filters.stream(),
                        Stream.of(
                                "select",
                                "order",
                                "range",
                                "rangeUnit",
                                "offset",
                                "limit",
                                "preferCount")));
        ObjectNode rows = answer(get, "200", "OK").putObject("schema").put("type", "array");
        rows.putObject("items").put("$ref", "#/definitions/" + relation.name().name());
        answer(get, "206", "Partial Content");
    }

    private static ObjectNode operation(ObjectNode path, String method, Relation relation) {
        ObjectNode operation = path.putObject(method);
        operation.putArray("tags").add(relation.name().name());
        Summary.describe(operation, relation.comment());
        return operation;
    }

    private static void refer(ObjectNode operation, Stream<String> parameters) {
        ArrayNode list = operation.putArray("parameters");
        parameters.forEach(name -> list.addObject().put("$ref", "#/parameters/" + name));
    }

    static ObjectNode answer(ObjectNode operation, String status, String description) {
        return operation
                .withObjectProperty("responses")
                .putObject(status)
                .put("description", description);
    }
}
