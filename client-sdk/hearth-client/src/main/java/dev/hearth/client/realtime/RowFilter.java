package dev.hearth.client.realtime;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A condition on rows, in the grammar of realtime's filters: `column=op.value`. Values are quoted
/// where that is needed. Mirrors realtime-js 2.119 `RealtimePostgresFilterBuilder.ts`.
///
/// ```java
/// f -> f.table("messages").filter(eq("room", 7), in("kind", List.of("text", "image")))
/// ```
///
/// @param text as it is sent
public record RowFilter(String text) {

    private static final Pattern NEEDS_QUOTES = Pattern.compile("[,()\"\\\\]");

    /// Equal.
    public static RowFilter eq(String column, Object value) {
        return of(column, "eq", value);
    }

    /// Not equal.
    public static RowFilter neq(String column, Object value) {
        return of(column, "neq", value);
    }

    /// Greater.
    public static RowFilter gt(String column, Object value) {
        return of(column, "gt", value);
    }

    /// Greater or equal.
    public static RowFilter gte(String column, Object value) {
        return of(column, "gte", value);
    }

    /// Less.
    public static RowFilter lt(String column, Object value) {
        return of(column, "lt", value);
    }

    /// Less or equal.
    public static RowFilter lte(String column, Object value) {
        return of(column, "lte", value);
    }

    /// One of at most 100.
    public static RowFilter in(String column, Collection<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("in needs one value or more");
        }
        String list =
                new LinkedHashSet<Object>(values)
                        .stream().map(RowFilter::scalar).collect(Collectors.joining(","));
        return new RowFilter(column + "=in.(" + list + ")");
    }

    /// SQL `like`; `%` and `_` stand for anything.
    public static RowFilter like(String column, String pattern) {
        return of(column, "like", pattern);
    }

    /// SQL `ilike`.
    public static RowFilter ilike(String column, String pattern) {
        return of(column, "ilike", pattern);
    }

    /// A regular expression.
    public static RowFilter match(String column, String pattern) {
        return of(column, "match", pattern);
    }

    /// A regular expression, whatever the case.
    public static RowFilter imatch(String column, String pattern) {
        return of(column, "imatch", pattern);
    }

    /// Null, true or false.
    public static RowFilter is(String column, @Nullable Boolean value) {
        return new RowFilter(column + "=is." + value);
    }

    /// Different, where null is a value like others.
    public static RowFilter isDistinct(String column, @Nullable Object value) {
        return of(column, "isdistinct", value);
    }

    /// The opposite of a condition.
    public static RowFilter not(RowFilter condition) {
        int name = condition.text.indexOf('=');
        return new RowFilter(
                condition.text.substring(0, name + 1)
                        + "not."
                        + condition.text.substring(name + 1));
    }

    private static RowFilter of(String column, String operator, @Nullable Object value) {
        return new RowFilter(column + "=" + operator + "." + scalar(value));
    }

    private static String scalar(@Nullable Object value) {
        String text = String.valueOf(value);
        return NEEDS_QUOTES.matcher(text).find() || !text.equals(text.strip())
                ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : text;
    }
}
