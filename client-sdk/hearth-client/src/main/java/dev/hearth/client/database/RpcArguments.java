package dev.hearth.client.database;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.internal.json.PostgresText;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A function's arguments in an address.
final class RpcArguments {

    /// What the server takes for a filter on the function's result rather than for an argument.
    private static final Pattern FILTER =
            Pattern.compile(
                    "(not\\.)?(((eq|gte?|lte?|i?like|i?match)(\\((any|all)\\))?|neq|isdistinct|cs|cd|ov|sl|sr|nxr|nxl|adj|(pl|ph|w)?fts(\\([^)]*\\))?)\\..*|(in|is)\\..*|not\\..*)",
                    Pattern.DOTALL);

    /// What the server takes for a part of the query rather than for an argument.
    private static final Set<String> RESERVED =
            Set.of("select", "order", "limit", "offset", "and", "or", "columns", "on_conflict");

    private RpcArguments() {}

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
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException(
                    "in an address "
                            + name
                            + " is a part of the query and no argument: call by POST");
        }
        String text = PostgresText.of(value);
        if (FILTER.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "the server would read the argument "
                            + name
                            + " as a filter, since it begins like one: call by POST");
        }
        return text;
    }
}
