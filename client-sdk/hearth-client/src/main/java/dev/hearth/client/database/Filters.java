package dev.hearth.client.database;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/// Which rows are meant: what can be said of them, in a query and in the logic trees inside it. One
/// after the other they must all be true. The names are those of supabase-js.
///
/// A column may be a path into JSON (`address->>city`, `tags->0`), and of an embedded table
/// (`orders.status`): that filters the embedded rows, and with `orders!inner(…)` in the select the
/// rows around them, too. A name with a dot, a comma, a colon or parentheses stands in double
/// quotes.
///
/// Values are written as PostgreSQL reads them and are escaped where the grammar of the address
/// asks for it: text, numbers, booleans, `java.time`, `UUID`, enums, `byte[]`, collections and
/// arrays (as arrays of PostgreSQL; as JSON when they hold maps or records), maps and records (as
/// JSON). Text is sent as it is, so that literals of PostgreSQL such as `{a,b}` and `[1,5)` may be
/// written by hand.
///
/// @param <B> the builder that goes on
public sealed interface Filters<B extends Filters<B>> permits FilterBuilder, Conditions {

    /// Any operator of the data API by its short name, for those that have no method here.
    ///
    /// ```java
    /// client.from("tasks").select().filter("tags", "cs", List.of("a", "b")).filter("id", "not.in", "(1,2)");
    /// ```
    ///
    /// @param operator such as `eq`, `not.in`, `like(any)`, `fts(english)`
    /// @param value as in the method of that operator; for `in` also the whole list as text
    /// @throws IllegalArgumentException when the value is null and the operator is not `is`
    B filter(String column, String operator, @Nullable Object value);

    /// At least one of these, in the grammar of the data API; nothing in it is escaped.
    ///
    /// ```java
    /// client.from("tasks").select().or("owner.eq.7,and(owner.is.null,due.lt.2027-01-01)");
    /// ```
    B or(String filters);

    /// At least one of these.
    ///
    /// ```java
    /// client.from("tasks").select().or(any -> any.eq("owner", me).is("owner", null));
    /// ```
    B or(Consumer<? super Conditions> any);

    /// All of these, in the grammar of the data API; nothing in it is escaped.
    B and(String filters);

    /// All of these; of use inside an `or`.
    B and(Consumer<? super Conditions> all);

    /// Not all of these; of one alone, its opposite.
    B not(Consumer<? super Conditions> all);

    /// Every column of the map is equal to its value, or null where that is null.
    ///
    /// ```java
    /// client.from("tasks").select().match(Map.of("org", 7, "status", "open")).execute(Task.class);
    /// ```
    B match(Map<String, ? extends @Nullable Object> query);

    /// Equal: `column = value`.
    ///
    /// ```java
    /// client.from("tasks").select().eq("owner", me).eq("address->>city", "Ulm").execute(Task.class);
    /// ```
    ///
    /// @throws IllegalArgumentException when the value is null: use [#is]
    default B eq(String column, Object value) {
        return filter(column, "eq", value);
    }

    /// Not equal: `column <> value`, which is true of no null.
    default B neq(String column, Object value) {
        return filter(column, "neq", value);
    }

    /// Greater: `column > value`.
    default B gt(String column, Object value) {
        return filter(column, "gt", value);
    }

    /// Greater or equal: `column >= value`.
    default B gte(String column, Object value) {
        return filter(column, "gte", value);
    }

    /// Less: `column < value`.
    default B lt(String column, Object value) {
        return filter(column, "lt", value);
    }

    /// Less or equal: `column <= value`.
    default B lte(String column, Object value) {
        return filter(column, "lte", value);
    }

    /// Matches a pattern of SQL. `%` stands for any text and `_` for any character; the server
    /// takes `*` for `%`, too.
    default B like(String column, String pattern) {
        return filter(column, "like", pattern);
    }

    /// Matches every one of the patterns.
    default B likeAllOf(String column, Collection<String> patterns) {
        return filter(column, "like(all)", patterns);
    }

    /// Matches at least one of the patterns.
    default B likeAnyOf(String column, Collection<String> patterns) {
        return filter(column, "like(any)", patterns);
    }

    /// Matches a pattern of SQL, whatever the case of letters.
    default B ilike(String column, String pattern) {
        return filter(column, "ilike", pattern);
    }

    /// Matches every one of the patterns, whatever the case of letters.
    default B ilikeAllOf(String column, Collection<String> patterns) {
        return filter(column, "ilike(all)", patterns);
    }

    /// Matches at least one of the patterns, whatever the case of letters.
    default B ilikeAnyOf(String column, Collection<String> patterns) {
        return filter(column, "ilike(any)", patterns);
    }

    /// Matches a regular expression of PostgreSQL (`~`).
    default B regexMatch(String column, String pattern) {
        return filter(column, "match", pattern);
    }

    /// Matches a regular expression of PostgreSQL, whatever the case of letters (`~*`).
    default B regexIMatch(String column, String pattern) {
        return filter(column, "imatch", pattern);
    }

    /// Is null, true or false.
    ///
    /// ```java
    /// client.from("tasks").select().is("deleted_at", null).execute(Task.class);
    /// ```
    default B is(String column, @Nullable Boolean value) {
        return filter(column, "is", value);
    }

    /// Is another value, where null is a value like others (`is distinct from`).
    default B isDistinct(String column, @Nullable Object value) {
        return filter(column, "isdistinct", value);
    }

    /// Is one of the values. Of no values at all it is true of no row.
    ///
    /// @throws IllegalArgumentException when one of them is null
    default B in(String column, Collection<?> values) {
        return filter(column, "in", values);
    }

    /// [#in] for Kotlin, where that is a word of the language.
    default B inList(String column, Collection<?> values) {
        return in(column, values);
    }

    /// Is none of the values.
    ///
    /// @throws IllegalArgumentException when one of them is null
    default B notIn(String column, Collection<?> values) {
        return filter(column, "not.in", values);
    }

    /// Contains everything in the value (`@>`): of arrays, ranges and `jsonb`.
    ///
    /// ```java
    /// client.from("posts").select().contains("tags", List.of("java", "sql"));        // an array column
    /// client.from("posts").select().contains("address", Map.of("city", "Ulm"));     // a jsonb column
    /// client.from("rooms").select().contains("booked", "[2027-01-01,2027-01-02)"); // a range column
    /// ```
    ///
    /// A `jsonb` column that holds an array of plain values takes it as text, such as `["java"]`.
    ///
    /// @param value a collection or array, a map or record, or text as PostgreSQL reads it
    default B contains(String column, Object value) {
        return filter(column, "cs", value);
    }

    /// Everything in it is contained in the value (`<@`): of arrays, ranges and `jsonb`.
    ///
    /// @param value as of [#contains]
    default B containedBy(String column, Object value) {
        return filter(column, "cd", value);
    }

    /// Lies behind the range altogether (`>>`).
    ///
    /// @param range such as `[2027-01-01,2027-01-02)`, or a range type that is written so
    default B rangeGt(String column, Object range) {
        return filter(column, "sr", range);
    }

    /// Begins no earlier than the range (`&>`).
    ///
    /// @param range such as `[2027-01-01,2027-01-02)`, or a range type that is written so
    default B rangeGte(String column, Object range) {
        return filter(column, "nxl", range);
    }

    /// Lies before the range altogether (`<<`).
    ///
    /// @param range such as `[2027-01-01,2027-01-02)`, or a range type that is written so
    default B rangeLt(String column, Object range) {
        return filter(column, "sl", range);
    }

    /// Ends no later than the range (`&<`).
    ///
    /// @param range such as `[2027-01-01,2027-01-02)`, or a range type that is written so
    default B rangeLte(String column, Object range) {
        return filter(column, "nxr", range);
    }

    /// Ends where the range begins, or begins where it ends (`-|-`).
    ///
    /// @param range such as `[2027-01-01,2027-01-02)`, or a range type that is written so
    default B rangeAdjacent(String column, Object range) {
        return filter(column, "adj", range);
    }

    /// Has something in common with the value (`&&`): of arrays and ranges.
    ///
    /// @param value as of [#contains]
    default B overlaps(String column, Object value) {
        return filter(column, "ov", value);
    }

    /// Full text search in the language of `to_tsquery`.
    default B textSearch(String column, String query) {
        return textSearch(column, query, TextSearch.raw());
    }

    /// Full text search.
    ///
    /// ```java
    /// client.from("books").select().textSearch("title", "little prince", TextSearch.plain().config("english"));
    /// ```
    default B textSearch(String column, String query, TextSearch how) {
        return filter(column, how.operator(), query);
    }

    /// The opposite of a comparison.
    ///
    /// ```java
    /// client.from("tasks").select().not("owner", "is", null).not("status", "in", List.of("done", "void"));
    /// ```
    ///
    /// @param operator and value as of [#filter]
    default B not(String column, String operator, @Nullable Object value) {
        return filter(column, "not." + operator, value);
    }
}
