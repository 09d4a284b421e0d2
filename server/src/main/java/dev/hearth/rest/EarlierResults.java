package dev.hearth.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.problem.Refusal;

import java.util.ArrayList;
import java.util.List;

/// What the operations of a batch were answered so far; later ones refer to it by `{"$ref":
/// "0.id"}`. For one thread.
final class EarlierResults {

    private static final String REFERENCE = "$ref";

    private final List<JsonNode> bodies = new ArrayList<>();

    void add(JsonNode body) {
        bodies.add(body);
    }

    /// The same with values in place of references.
    ///
    /// @throws Refusal with [BatchProblem.UnknownReference]
    JsonNode resolved(JsonNode node) {
        switch (node) {
            case ObjectNode object when isReference(object) -> {
                return value(object.get(REFERENCE).textValue());
            }
            case ObjectNode object -> {
                ObjectNode copy = object.objectNode();
                object.properties()
                        .forEach(each -> copy.set(each.getKey(), resolved(each.getValue())));
                return copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = array.arrayNode(array.size());
                array.forEach(each -> copy.add(resolved(each)));
                return copy;
            }
            default -> {
                return node;
            }
        }
    }

    private static boolean isReference(ObjectNode object) {
        return object.size() == 1 && object.path(REFERENCE).isTextual();
    }

    private JsonNode value(String reference) {
        String[] steps = reference.split("\\.", -1);
        int operation = number(steps[0]);
        JsonNode node =
                operation >= 0 && operation < bodies.size()
                        ? bodies.get(operation)
                        : MissingNode.getInstance();
        for (int index = 1; index < steps.length; index++) {
            node = below(node, steps[index]);
        }
        if (node.isMissingNode()) {
            throw new Refusal(new BatchProblem.UnknownReference(reference));
        }
        return node;
    }

    /// Where several rows may stand and none is named, the first is meant.
    private static JsonNode below(JsonNode node, String step) {
        if (!node.isArray()) {
            return node.path(step);
        }
        int row = number(step);
        return row >= 0 ? node.path(row) : node.path(0).path(step);
    }

    /// A place in a list, or -1.
    private static int number(String step) {
        boolean digits =
                !step.isEmpty()
                        && step.length() < 6
                        && step.chars().allMatch(each -> each >= '0' && each <= '9');
        return digits ? Integer.parseInt(step) : -1;
    }
}
