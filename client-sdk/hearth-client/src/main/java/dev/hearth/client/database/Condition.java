package dev.hearth.client.database;

import dev.hearth.client.internal.json.Json;

import org.jspecify.annotations.Nullable;

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
                    value instanceof CharSequence ? value.toString() : Values.list(value, json));
        }
        String text = Values.of(value, json);
        return new Condition(column, operator, text, Values.inTree(text));
    }

    private static Condition same(String column, String operator, String value) {
        return new Condition(column, operator, value, value);
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
