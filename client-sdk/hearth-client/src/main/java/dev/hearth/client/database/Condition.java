package dev.hearth.client.database;

import dev.hearth.client.internal.json.Json;
import dev.hearth.client.internal.json.PostgresText;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.stream.Collectors;

/// One comparison: a column, an operator, a value as text.
///
/// @param operator with `not.` before it and `(any)` or a language behind it, where there are such
/// @param inTree the value as it stands in a logic tree
record Condition(String column, String operator, String value, String inTree) {

    static Condition of(String column, String operator, @Nullable Object value, Json json) {
        Query.named("column", column);
        String kind = operator.startsWith("not.") ? operator.substring(4) : operator;
        if (kind.equals("is")) {
            return same(column, operator, String.valueOf(value));
        }
        if (value == null) {
            if (kind.equals("isdistinct")) {
                return same(column, operator.equals(kind) ? "not.is" : "is", "null");
            }
            throw new IllegalArgumentException(
                    operator
                            + " with null is true of no row: use is("
                            + column
                            + ", null) or not("
                            + column
                            + ", \"is\", null)");
        }
        if (kind.equals("in")) {
            return same(
                    column,
                    operator,
                    value instanceof CharSequence ? value.toString() : list(value, json));
        }
        String text = PostgresText.of(value, json);
        return new Condition(column, operator, text, quotedFor(",(){}\"\\", text));
    }

    private static Condition same(String column, String operator, String value) {
        return new Condition(column, operator, value, value);
    }

    /// `(…)` of the operator `in`, each value once, with quotes where its grammar needs them.
    private static String list(Object values, Json json) {
        var texts = new LinkedHashSet<String>();
        for (Object value : PostgresText.elements(values)) {
            if (value == null) {
                throw new IllegalArgumentException(
                        "null is equal to nothing, so it is in no list: add or(any ->"
                                + " any.in(…).is(column, null))");
            }
            texts.add(PostgresText.of(value, json));
        }
        if (texts.size() == 1 && texts.contains("")) {
            // The server takes a list of one empty text for an empty list.
            return "(\"\",\"\")";
        }
        return texts.stream()
                .map(text -> quotedFor(",()\"\\", text))
                .collect(Collectors.joining(",", "(", ")"));
    }

    /// A value where one of these characters, a blank at an end or nothing at all would be misread.
    private static String quotedFor(String special, String text) {
        return text.isEmpty() || PostgresText.needsQuotes(text, special)
                ? PostgresText.quoted(text)
                : text;
    }

    /// As a term of a logic tree.
    String term() {
        return column + "." + operator + "." + inTree;
    }

    /// As the value of a parameter that is named after the column.
    String parameter() {
        return operator + "." + value;
    }
}
