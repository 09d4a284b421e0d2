package dev.hearth.client.database;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.internal.json.Json;
import dev.hearth.client.json.TypeRef;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Values of Java as PostgreSQL reads them from text.
///
/// | Java | text |
/// |---|---|
/// | text | as it is |
/// | numbers | plain digits while they are below 10^21, so that an integer column takes them |
/// | `Instant`, `LocalDate`, `Duration` … | ISO 8601, without the name of a zone |
/// | `byte[]` | `\x` and hexadecimal digits |
/// | a collection or array | `{1,"a,b",NULL}`; `[{…}]` in JSON when it holds maps or records |
/// | a map, a record, anything else | what JSON makes of it: text without its quotes, else JSON |
final class Values {

    /// JavaScript changes to exponents here, too.
    private static final int PLAIN_DIGITS = 21;

    private Values() {}

    /// A value that is not null.
    static String of(Object value, Json json) {
        if (value instanceof CharSequence || value instanceof Character || value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (isTime(value)) {
            return time(value);
        }
        if (value instanceof InetAddress address) {
            return address.getHostAddress();
        }
        if (isMany(value)) {
            List<@Nullable Object> elements = elements(value);
            return holdsObjects(elements, json)
                    ? json.tree(elements).toString()
                    : array(elements, json);
        }
        JsonNode node = json.tree(value);
        if (node.isNull()) {
            throw new IllegalArgumentException(
                    "a " + value.getClass().getName() + " that is null in JSON cannot be compared");
        }
        return of(node);
    }

    /// A value of JSON: text without its quotes, a list as an array of PostgreSQL.
    static String of(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isNumber()) {
            return number(value.numberValue());
        }
        if (!value.isArray() || RpcArguments.holdObjects(value)) {
            return value.toString();
        }
        var elements = new ArrayList<String>();
        for (JsonNode element : value) {
            elements.add(
                    element.isNull()
                            ? "NULL"
                            : element.isArray() ? of(element) : arrayElement(of(element)));
        }
        return "{" + String.join(",", elements) + "}";
    }

    private static boolean isTime(Object value) {
        return (value instanceof TemporalAccessor && !(value instanceof Enum<?>))
                || value instanceof TemporalAmount;
    }

    private static String time(Object value) {
        if (value instanceof ZonedDateTime zoned) {
            return zoned.toOffsetDateTime().toString();
        }
        return value.toString();
    }

    private static String number(Number number) {
        String text = number.toString();
        if (number instanceof BigDecimal decimal) {
            return Math.abs((long) decimal.precision() - decimal.scale()) <= 1000
                    ? decimal.toPlainString()
                    : text;
        }
        boolean real = number instanceof Double || number instanceof Float;
        if (!real || !Double.isFinite(number.doubleValue())) {
            return text;
        }
        BigDecimal exact = new BigDecimal(text).stripTrailingZeros();
        return Math.abs(exact.precision() - exact.scale()) <= PLAIN_DIGITS
                ? exact.toPlainString()
                : text;
    }

    /// `{…}`, with quotes where PostgreSQL needs them.
    private static String array(List<@Nullable Object> elements, Json json) {
        return elements.stream()
                .map(element -> arrayElement(element, json))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String arrayElement(@Nullable Object element, Json json) {
        if (element == null) {
            return "NULL";
        }
        return isMany(element) ? of(element, json) : arrayElement(of(element, json));
    }

    private static String arrayElement(String text) {
        boolean plain =
                !text.isEmpty()
                        && !text.equalsIgnoreCase("null")
                        && text.chars().noneMatch(c -> "{},\"\\".indexOf(c) >= 0 || isBlank(c));
        return plain ? text : quoted(text);
    }

    /// `(…)` of the operator `in`, each value once, with quotes where its grammar needs them.
    static String list(Object values, Json json) {
        var texts = new LinkedHashSet<String>();
        for (Object value : elements(values)) {
            if (value == null) {
                throw new IllegalArgumentException(
                        "null is equal to nothing, so it is in no list: add or(any ->"
                                + " any.in(…).is(column, null))");
            }
            texts.add(of(value, json));
        }
        if (texts.size() == 1 && texts.contains("")) {
            // The server takes a list of one empty text for an empty list.
            return "(\"\",\"\")";
        }
        return texts.stream()
                .map(text -> needsQuotes(text, ",()\"\\") ? quoted(text) : text)
                .collect(Collectors.joining(",", "(", ")"));
    }

    /// A value in a logic tree, where a comma or a parenthesis would end it.
    static String inTree(String text) {
        return needsQuotes(text, ",(){}\"\\") ? quoted(text) : text;
    }

    private static boolean needsQuotes(String text, String special) {
        return text.isEmpty()
                || isBlank(text.charAt(0))
                || isBlank(text.charAt(text.length() - 1))
                || text.chars().anyMatch(c -> special.indexOf(c) >= 0);
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c < ' ';
    }

    /// Between double quotes, with backslashes before quotes and backslashes: the same in a list,
    /// in a tree, in an array and in a column's name.
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static boolean isMany(Object value) {
        return value instanceof Collection<?>
                || (value.getClass().isArray() && !(value instanceof byte[]));
    }

    static List<@Nullable Object> elements(Object many) {
        var elements = new ArrayList<@Nullable Object>();
        if (many instanceof Iterable<?> iterable) {
            iterable.forEach(elements::add);
            return elements;
        }
        for (int i = 0; i < Array.getLength(many); i++) {
            elements.add(Array.get(many, i));
        }
        return elements;
    }

    /// Whether a row is of a kind that can leave a column out, so that a null in it is meant.
    static boolean tellsNullFromAbsent(Object row) {
        return row instanceof Map<?, ?>
                || row instanceof JsonNode
                || row.getClass().getPackageName().equals(TypeRef.class.getPackageName());
    }

    private static boolean holdsObjects(List<@Nullable Object> elements, Json json) {
        return elements.stream()
                .anyMatch(
                        element ->
                                element instanceof Map<?, ?>
                                        || (element instanceof Record
                                                && json.tree(element).isObject())
                                        || (element instanceof JsonNode node && node.isObject()));
    }
}
