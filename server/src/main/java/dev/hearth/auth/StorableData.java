package dev.hearth.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.math.BigDecimal;

/// JSON that a client sent, made fit for a column of type `jsonb`, which takes less than JSON
/// allows: half a surrogate pair becomes U+FFFD, as upstream's parser does; the character NUL and
/// numbers of more than a thousand digits are refused.
final class StorableData {

    private static final int MOST_DIGITS = 1000;

    private StorableData() {}

    /// A copy that can be stored.
    ///
    /// @throws dev.hearth.problem.Refusal `validation_failed` when it cannot
    static ObjectNode of(ObjectNode data) {
        ObjectNode copy = Json.object();
        data.properties().forEach(entry -> copy.set(text(entry.getKey()), value(entry.getValue())));
        return copy;
    }

    /// A text that can be stored.
    ///
    /// @throws dev.hearth.problem.Refusal `validation_failed` when it holds NUL
    static String text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new AuthProblem.NotStorable("Texts must not hold the character U+0000").refusal();
        }
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        var whole = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static JsonNode value(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return of(object);
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = Json.object().arrayNode(array.size());
            array.forEach(item -> copy.add(value(item)));
            return copy;
        }
        if (value instanceof TextNode node) {
            return TextNode.valueOf(text(node.textValue()));
        }
        if (value.isNumber()) {
            requireStorable(value.decimalValue());
        }
        return value;
    }

    private static void requireStorable(BigDecimal number) {
        long digitsBeforePoint = (long) number.precision() - number.scale();
        if (digitsBeforePoint > MOST_DIGITS || number.scale() > MOST_DIGITS) {
            throw new AuthProblem.NotStorable(
                            "Numbers must not have more than %d digits".formatted(MOST_DIGITS))
                    .refusal();
        }
    }
}
