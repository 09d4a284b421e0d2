package dev.hearth.client.database;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Map;
import java.util.regex.Pattern;

/// A function's arguments in an address.
final class RpcArguments {

    /// What the server takes for a filter on the function's result rather than for an argument.
    private static final Pattern FILTER =
            Pattern.compile(
                    "(not\\.)?(((eq|gte?|lte?|i?like|i?match)(\\((any|all)\\))?|neq|isdistinct|cs|cd|ov|sl|sr|nxr|nxl|adj|(pl|ph|w)?fts(\\([^)]*\\))?)\\..*|(in|is)\\..*|not\\..*)",
                    Pattern.DOTALL);

    private RpcArguments() {}

    static boolean holdObjects(JsonNode arguments) {
        for (JsonNode value : arguments) {
            if (value.isObject() || (value.isArray() && holdObjects(value))) {
                return true;
            }
        }
        return false;
    }

    static void inAddress(JsonNode arguments, Query query) {
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            query.append(argument.getKey(), text(argument.getKey(), argument.getValue()));
        }
    }

    private static String text(String name, JsonNode value) {
        if (value.isNull()) {
            throw new IllegalArgumentException(
                    "an address cannot carry null as " + name + ": leave it out, or call by POST");
        }
        String text = Values.of(value);
        if (FILTER.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "the server would read the argument "
                            + name
                            + " as a filter, since it begins like one: call by POST");
        }
        return text;
    }
}
