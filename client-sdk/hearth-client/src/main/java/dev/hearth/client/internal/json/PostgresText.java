package dev.hearth.client.internal.json;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Values of Java as PostgreSQL reads them from text: in the filters of queries and of changes, and
/// among a function's arguments.
///
/// | Java | text |
/// |---|---|
/// | text | as it is |
/// | numbers | plain digits while they are below 10^21, so that an integer column takes them |
/// | `Instant`, `LocalDate`, `Duration` … | ISO 8601 without the name of a zone, `infinity`, `BC` |
/// | `byte[]` | `\x` and hexadecimal digits |
/// | a collection or array | `{1,"a,b",NULL}`; `[{…}]` in JSON when it holds maps or objects |
/// | a map, a record, anything else | what JSON makes of it: text without its quotes, else JSON |
public final class PostgresText {

    /// JavaScript changes to exponents here, too.
    private static final int PLAIN_DIGITS = 21;

    private PostgresText() {}

    /// A value that is not null.
    ///
    /// @param json the program's codec, for what is no plain value
    /// @throws IllegalArgumentException when it is null in JSON, such as an empty `Optional`
    public static String of(Object value, Json json) {
        String plain = plain(value);
        if (plain != null) {
            return plain;
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
    public static String of(JsonNode value) {
        if (value.isNumber()) {
            return number(value.numberValue());
        }
        if (value.isValueNode()) {
            return value.asText();
        }
        if (!value.isArray() || holdsObjects(value)) {
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

    /// What is the same for every codec; null for what is left to it.
    private static @Nullable String plain(Object value) {
        if (value instanceof CharSequence || value instanceof Character || value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof InetAddress address) {
            return address.getHostAddress();
        }
        if (value instanceof TemporalAccessor moment && !(value instanceof Enum<?>)) {
            return Times.text(moment);
        }
        return value instanceof TemporalAmount ? value.toString() : null;
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

    /// Whether a text has one of these characters in it, or a blank at one of its ends, so that it
    /// must stand in quotes. Whoever reads it may take more for a blank than Java does.
    public static boolean needsQuotes(String text, String special) {
        return !text.isEmpty()
                && (isBlank(text.charAt(0))
                        || isBlank(text.charAt(text.length() - 1))
                        || text.chars().anyMatch(c -> special.indexOf(c) >= 0));
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || c == '\uFEFF';
    }

    /// Between double quotes, with backslashes before quotes and backslashes: the same in a list,
    /// in a logic tree, in an array, in a filter of changes and in a column's name.
    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// Whether it is a collection or an array, and no bytes.
    public static boolean isMany(Object value) {
        return value instanceof Collection<?>
                || (value.getClass().isArray() && !(value instanceof byte[]));
    }

    /// What is in a collection or an array.
    ///
    /// @throws IllegalArgumentException when it is none
    public static List<@Nullable Object> elements(Object many) {
        var elements = new ArrayList<@Nullable Object>();
        if (many instanceof Iterable<?> iterable) {
            iterable.forEach(elements::add);
            return elements;
        }
        if (!isMany(many)) {
            throw new IllegalArgumentException(
                    "a " + many.getClass().getName() + " is no collection and no array");
        }
        for (int i = 0; i < Array.getLength(many); i++) {
            elements.add(Array.get(many, i));
        }
        return elements;
    }

    /// Whether there are objects in a list or an object of JSON, however deep in lists.
    public static boolean holdsObjects(JsonNode values) {
        for (JsonNode value : values) {
            if (value.isObject() || (value.isArray() && holdsObjects(value))) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsObjects(List<@Nullable Object> elements, Json json) {
        return elements.stream()
                .anyMatch(
                        element ->
                                element instanceof Map<?, ?>
                                        || (element != null && isObject(element, json)));
    }

    private static boolean isObject(Object element, Json json) {
        if (isMany(element)) {
            return holdsObjects(elements(element), json);
        }
        return plain(element) == null && json.tree(element).isObject();
    }
}
