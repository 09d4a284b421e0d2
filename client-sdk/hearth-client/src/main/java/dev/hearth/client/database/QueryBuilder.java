package dev.hearth.client.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import dev.hearth.client.internal.json.PostgresText;
import dev.hearth.client.json.TypeRef;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A table or view, before it is said what is to be done with it. Immutable: each method begins a
/// request of its own.
///
/// ```java
/// QueryBuilder tasks = client.from("tasks");
/// tasks.insert(new Task("wash")).execute();
/// List<Task> open = tasks.select().eq("status", "open").execute(Task.class);
/// ```
///
/// Rows that are written are what JSON makes of them: maps, records, classes. Of records and
/// classes that are inserted, parts that are null are left out, as `undefined` is in JavaScript, so
/// that the column takes its default; whoever wants the null says it in a map. In an update null is
/// null.
public final class QueryBuilder {

    private final Function<String, Query> requests;

    QueryBuilder(Function<String, Query> requests) {
        this.requests = requests;
    }

    /// Reads every column.
    public SelectBuilder select() {
        return select("*");
    }

    /// Reads columns and embedded tables.
    ///
    /// ```java
    /// client.from("tasks").select("id, title, owner:profiles!owner_id(name), comments(count)");
    /// ```
    ///
    /// @param columns in the grammar of the data API; white space outside of quotes is of no
    ///   account
    public SelectBuilder select(String columns) {
        return new SelectBuilder(requests.apply("GET").select(columns));
    }

    /// Reads columns and counts the rows: [SelectBuilder#executeWithResponse(Class)] has both. For
    /// the count alone there is [FilterBuilder#executeCount].
    public SelectBuilder select(String columns, Count count) {
        return new SelectBuilder(requests.apply("GET").select(columns).prefer(count.preference()));
    }

    /// Inserts a row, or many from a collection or array.
    ///
    /// ```java
    /// client.from("tasks").insert(Map.of("title", "wash")).execute();
    /// Task saved = client.from("tasks").insert(new Task("wash")).select().single().execute(Task.class);
    /// ```
    ///
    /// @throws IllegalArgumentException when it is neither an object in JSON nor many of them
    public InsertBuilder insert(Object values) {
        return insert(values, InsertOptions.defaults());
    }

    /// Inserts a row, or many from a collection or array.
    public InsertBuilder insert(Object values, InsertOptions how) {
        return new InsertBuilder(rows(how.in(requests.apply("POST")), values));
    }

    /// Inserts rows, and changes those that are there already.
    public InsertBuilder upsert(Object values) {
        return upsert(values, UpsertOptions.defaults());
    }

    /// Inserts rows, and changes or leaves those that are there already.
    ///
    /// ```java
    /// client.from("users").upsert(users, UpsertOptions.onConflict("email").ignoreDuplicates()).execute();
    /// ```
    public InsertBuilder upsert(Object values, UpsertOptions how) {
        return new InsertBuilder(rows(how.in(requests.apply("POST")), values));
    }

    /// Changes the rows that the filters name.
    ///
    /// ```java
    /// client.from("tasks").update(Map.of("status", "done")).eq("id", id).execute();
    /// ```
    ///
    /// @param values the columns that change: a map, a patch, a record with all of its parts
    /// @throws IllegalArgumentException when it is no object in JSON
    public MutationBuilder update(Object values) {
        var query = requests.apply("PATCH");
        JsonNode row = query.json().tree(values);
        if (!row.isObject()) {
            throw notRows(values);
        }
        return new MutationBuilder(query.body(query.json().write(row)));
    }

    /// Changes the rows that the filters name, and counts them.
    public MutationBuilder update(Object values, Count count) {
        MutationBuilder update = update(values);
        update.query.prefer(count.preference());
        return update;
    }

    /// Deletes the rows that the filters name.
    ///
    /// ```java
    /// client.from("tasks").delete().eq("id", id).execute();
    /// ```
    public MutationBuilder delete() {
        return new MutationBuilder(requests.apply("DELETE"));
    }

    /// Deletes the rows that the filters name, and counts them.
    public MutationBuilder delete(Count count) {
        return new MutationBuilder(requests.apply("DELETE").prefer(count.preference()));
    }

    private static Query rows(Query query, Object values) {
        boolean many = PostgresText.isMany(values) || values instanceof ArrayNode;
        JsonNode body = query.json().tree(values);
        if (many != body.isArray() || (!many && !body.isObject())) {
            throw notRows(values);
        }
        if (!many) {
            withoutDefaults(values, body);
            return query.body(query.json().write(body));
        }
        Iterator<?> sources = PostgresText.elements(values).iterator();
        var columns = new LinkedHashSet<String>();
        for (JsonNode row : body) {
            Object source = sources.next();
            if (source == null || !row.isObject()) {
                throw notRows(source == null ? "null" : source);
            }
            withoutDefaults(source, row);
            row.fieldNames().forEachRemaining(columns::add);
        }
        if (!columns.isEmpty()) {
            query.set("columns", quoted(columns));
        }
        return query.body(query.json().write(body));
    }

    /// So that a key that the database makes need not be known.
    private static void withoutDefaults(Object source, JsonNode row) {
        if (tellsNullFromAbsent(source)) {
            return;
        }
        for (Iterator<JsonNode> values = row.iterator(); values.hasNext(); ) {
            if (values.next().isNull()) {
                values.remove();
            }
        }
    }

    /// Whether a row is of a kind that can leave a column out, so that a null in it is meant.
    private static boolean tellsNullFromAbsent(Object row) {
        return row instanceof Map<?, ?>
                || row instanceof JsonNode
                || row.getClass().getPackageName().equals(TypeRef.class.getPackageName());
    }

    private static String quoted(Set<String> columns) {
        return columns.stream().map(PostgresText::quoted).collect(Collectors.joining(","));
    }

    private static IllegalArgumentException notRows(Object values) {
        return new IllegalArgumentException(
                "a row is an object in JSON, such as a map or a record, which a "
                        + values.getClass().getName()
                        + " is not");
    }
}
