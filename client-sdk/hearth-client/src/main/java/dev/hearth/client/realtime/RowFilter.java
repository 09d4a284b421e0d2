package dev.hearth.client.realtime;

import dev.hearth.client.internal.json.Json;
import dev.hearth.client.internal.json.PostgresText;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// A condition on rows: a column, an operator, a value. Immutable, and of no client: a listener's
/// channel writes it in the grammar of realtime's filters, `column=op.value`, with quotes where
/// that needs them.
///
/// ```java
/// f -> f.table("messages").filter(eq("room", 7), in("kind", List.of(Kind.TEXT, Kind.IMAGE)))
/// ```
///
/// Values are written as in the filters of queries, an enum by its label and a `byte[]` as
/// PostgreSQL reads it, so that the same condition finds the same rows in both. Mirrors realtime-js
/// 2.119 `RealtimePostgresFilterBuilder.ts`, and differs where that sends what the server misreads:
/// null is refused, and a text `null` or `{a}` in a list stands in quotes.
public final class RowFilter {

    private static final String SPECIAL = ",()\"\\";

    private final String column;
    private final String operator;
    private final @Nullable Object value;
    private final boolean negated;

    private RowFilter(String column, String operator, @Nullable Object value, boolean negated) {
        this.column = column;
        this.operator = operator;
        this.value = value;
        this.negated = negated;
    }

    /// Equal.
    ///
    /// @throws IllegalArgumentException when the value is null: use [#is]
    public static RowFilter eq(String column, Object value) {
        return of(column, "eq", value);
    }

    /// Not equal, which is true of no null.
    ///
    /// @throws IllegalArgumentException when the value is null: use [#is]
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
    ///
    /// @throws IllegalArgumentException when there is none, or one of them is null
    public static RowFilter in(String column, Collection<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("in needs one value or more");
        }
        if (values.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(
                    "null is equal to nothing, so it is in no list: add a listener with is("
                            + column
                            + ", null)");
        }
        return of(column, "in", values);
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
        return new RowFilter(named(column), "is", value, false);
    }

    /// Different, where null is a value like others.
    public static RowFilter isDistinct(String column, @Nullable Object value) {
        // The server would take `isdistinct.null` for the text `null`.
        return value == null ? not(is(column, null)) : of(column, "isdistinct", value);
    }

    /// The opposite of a condition.
    public static RowFilter not(RowFilter condition) {
        return new RowFilter(
                condition.column, condition.operator, condition.value, !condition.negated);
    }

    private static RowFilter of(String column, String operator, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(
                    operator
                            + " with null is true of no row: use is("
                            + column
                            + ", null) or not(is("
                            + column
                            + ", null))");
        }
        return new RowFilter(named(column), operator, held(value), false);
    }

    /// What the program may change later as it is now.
    private static Object held(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value instanceof CharSequence) {
            return value.toString();
        }
        return PostgresText.isMany(value)
                ? Collections.unmodifiableList(PostgresText.elements(value))
                : value;
    }

    private static String named(String column) {
        if (column.isBlank() || PostgresText.needsQuotes(column, "=,")) {
            throw new IllegalArgumentException(
                    "a filter of changes cannot name the column '"
                            + column
                            + "': its grammar has no quotes for names, and = and , and blanks at an"
                            + " end mean something else there");
        }
        return column;
    }

    /// As it is sent.
    ///
    /// @param json the codec of the client that sends it
    String text(Json json) {
        return column + "=" + (negated ? "not." : "") + operator + "." + operand(json);
    }

    private String operand(Json json) {
        if (value == null || operator.equals("is")) {
            return String.valueOf(value);
        }
        if (operator.equals("in")) {
            return list(PostgresText.elements(value), json);
        }
        String text = PostgresText.of(value, json);
        return PostgresText.needsQuotes(text, SPECIAL) ? PostgresText.quoted(text) : text;
    }

    /// The server reads it as an array of PostgreSQL.
    private static String list(List<?> values, Json json) {
        var texts = new LinkedHashSet<String>();
        for (Object each : values) {
            texts.add(PostgresText.of(each, json));
        }
        return texts.stream().map(RowFilter::element).collect(Collectors.joining(",", "(", ")"));
    }

    private static String element(String text) {
        return text.isEmpty()
                        || text.equalsIgnoreCase("null")
                        || PostgresText.needsQuotes(text, SPECIAL + "{}")
                ? PostgresText.quoted(text)
                : text;
    }

    /// Without the value, so that it may be logged.
    @Override
    public String toString() {
        return "RowFilter[" + column + (negated ? " not " : " ") + operator + "]";
    }
}
