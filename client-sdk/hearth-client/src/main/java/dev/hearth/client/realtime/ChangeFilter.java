package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.internal.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Which changes a listener is for. Immutable: each method gives another one.
///
/// ```java
/// f -> f.schema("public").table("messages").filter(eq("room", 7)).select("id", "content")
/// ```
public final class ChangeFilter {

    static final ChangeFilter ANY = new ChangeFilter(null, null, null, List.of());

    /// What servers take where a table stands alone.
    private static final String USUAL_SCHEMA = "public";

    private final @Nullable String schema;
    private final @Nullable String table;
    private final @Nullable Function<Json, String> filter;
    private final List<String> select;

    private ChangeFilter(
            @Nullable String schema,
            @Nullable String table,
            @Nullable Function<Json, String> filter,
            List<String> select) {
        this.schema = schema;
        this.table = table;
        this.filter = filter;
        this.select = select;
    }

    /// Of one schema; `*` for all.
    public ChangeFilter schema(String name) {
        return new ChangeFilter(name, table, filter, select);
    }

    /// Of one table; the server takes schema `public` where none is said.
    public ChangeFilter table(String name) {
        return new ChangeFilter(schema, name, filter, select);
    }

    /// Of rows that meet all these. Their values are written by the client's codec when the
    /// listener is added.
    public ChangeFilter filter(RowFilter... conditions) {
        List<RowFilter> all = List.of(conditions);
        return filter(
                json -> all.stream().map(each -> each.text(json)).collect(Collectors.joining(",")));
    }

    /// Of rows that meet a condition in realtime's own grammar, such as `id=eq.1`.
    public ChangeFilter filter(String text) {
        return filter(json -> text);
    }

    private ChangeFilter filter(Function<Json, String> text) {
        return new ChangeFilter(schema, table, text, select);
    }

    /// With these columns only, and the primary key.
    public ChangeFilter select(String... columns) {
        return new ChangeFilter(schema, table, filter, List.of(columns));
    }

    @Nullable String schemaOrNull() {
        return schema;
    }

    @Nullable String tableOrNull() {
        return table;
    }

    /// A binding of the join, in the order of keys that realtime-js sends.
    ///
    /// @param codec what values are written by
    /// @throws dev.hearth.client.error.JsonMappingException when it cannot write one of them
    String binding(PostgresEvent event, Json codec) {
        var json = new StringBuilder("{\"event\":").append(Json.quote(event.wire()));
        // Supabase's server refuses a filter on a table whose schema is not said.
        boolean unsaid = schema == null && table != null && filter != null;
        add(json, "schema", unsaid ? USUAL_SCHEMA : schema);
        add(json, "table", table);
        add(json, "filter", filter == null ? null : filter.apply(codec));
        if (!select.isEmpty()) {
            json.append(",\"select\":[")
                    .append(select.stream().map(Json::quote).collect(Collectors.joining(",")))
                    .append(']');
        }
        return json.append('}').toString();
    }

    private static void add(StringBuilder json, String name, @Nullable String value) {
        if (value != null) {
            json.append(",\"").append(name).append("\":").append(Json.quote(value));
        }
    }

    /// Whether the server's binding says the same as one that was asked for; `select` is not
    /// compared, as in realtime-js.
    static boolean same(JsonNode asked, JsonNode answered) {
        return List.of("event", "schema", "table", "filter").stream()
                .allMatch(
                        name -> asked.path(name).asText("").equals(answered.path(name).asText("")));
    }
}
