package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.realtime.PostgresChange.Column;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The columns of a table as a change tells them, and what their types make of values that came as
/// text. Servers send most values as JSON of the right kind; older ones, and some types, as text.
/// Mirrors realtime-js 2.119 `lib/transformers.ts`, with three differences, all so that one record
/// serves for a query and for a change: a text inside json stays a text, bytea gets the `\x` that
/// it has in the data API, and numbers lose no digits.
///
/// @param text as the server wrote it
/// @param list in the table's order
/// @param touchy types by column of those where a text may have to become something else
record Columns(String text, List<Column> list, Map<String, String> touchy) {

    static final Columns NONE = new Columns("[]", List.of(), Map.of());

    private static final Set<String> NUMBERS =
            Set.of("float4", "float8", "int2", "int4", "int8", "numeric", "oid");

    static Columns of(String json) {
        var list = new ArrayList<Column>();
        var touchy = new HashMap<String, String>();
        for (JsonNode column : Json.parse(json)) {
            String name = column.path("name").asText();
            String type = column.path("type").asText();
            list.add(new Column(name, type));
            if (isTouchy(type)) {
                touchy.put(name, type);
            }
        }
        return new Columns(json, List.copyOf(list), Map.copyOf(touchy));
    }

    private static boolean isTouchy(String type) {
        return NUMBERS.contains(type)
                || Set.of("bool", "timestamp", "bytea").contains(type)
                || type.startsWith("_");
    }

    /// Whether a row holds a text that has to become something else.
    boolean changes(String row) {
        if (touchy.isEmpty()) {
            return false;
        }
        var fields = new JsonText.Fields(row, 0);
        while (fields.next()) {
            if (row.charAt(fields.from) == '"' && touchy.containsKey(fields.name())) {
                return true;
            }
        }
        return false;
    }

    /// The row with its values as their types say.
    JsonNode typed(String row) {
        JsonNode tree = Json.parse(row);
        if (tree instanceof ObjectNode object) {
            touchy.forEach(
                    (name, type) -> {
                        if (object.path(name).isTextual()) {
                            object.set(name, cell(type, object.path(name)));
                        }
                    });
        }
        return tree;
    }

    private static JsonNode cell(String type, JsonNode value) {
        String text = value.asText();
        JsonNodeFactory make = JsonNodeFactory.instance;
        if (type.startsWith("_")) {
            return array(type.substring(1), value);
        }
        if (NUMBERS.contains(type)) {
            return number(value);
        }
        return switch (type) {
            case "bool" ->
                    text.equals("t") || text.equals("f")
                            ? make.booleanNode(text.equals("t"))
                            : value;
            case "timestamp" -> make.textNode(text.replaceFirst(" ", "T"));
            case "bytea" -> make.textNode(text.startsWith("\\x") ? text : "\\x" + text);
            default -> value;
        };
    }

    private static JsonNode number(JsonNode value) {
        try {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(value.asText().strip()));
        } catch (NumberFormatException notFinite) {
            return value;
        }
    }

    /// `{1,2}` as a list.
    private static JsonNode array(String type, JsonNode value) {
        String text = value.asText();
        if (!text.startsWith("{") || !text.endsWith("}")) {
            return value;
        }
        String inner = text.substring(1, text.length() - 1);
        var list = JsonNodeFactory.instance.arrayNode();
        try {
            for (JsonNode element : Json.parse("[" + inner + "]")) {
                list.add(element.isTextual() ? cell(type, element) : element);
            }
        } catch (JsonMappingException notQuoted) {
            list.removeAll();
            for (String element : inner.split(",", -1)) {
                list.add(cell(type, JsonNodeFactory.instance.textNode(element)));
            }
        }
        return list;
    }
}
