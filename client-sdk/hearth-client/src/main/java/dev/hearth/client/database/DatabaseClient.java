package dev.hearth.client.database;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.http.UrlEncoding;
import dev.hearth.client.internal.json.PostgresText;

import java.util.Map;

/// Tables, views and functions of one schema. Immutable and safe for any thread; the builders that
/// it gives are for one.
///
/// ```java
/// List<Message> messages = client.from("messages")
///         .select("*, sender:profiles(full_name)")
///         .eq("conversation_id", id)
///         .order("created_at", Order.desc())
///         .limit(50)
///         .execute(Message.class);
/// ```
public final class DatabaseClient {

    private final Backend backend;
    private final DatabaseOptions options;
    private final String schema;

    /// For the front class.
    @SuppressWarnings("exports")
    public DatabaseClient(Backend backend, DatabaseOptions options) {
        this(backend, options, options.schema());
    }

    private DatabaseClient(Backend backend, DatabaseOptions options, String schema) {
        this.backend = backend;
        this.options = options;
        this.schema = schema;
    }

    /// A table or view, to be read or changed.
    ///
    /// @throws IllegalArgumentException when the name is blank
    public QueryBuilder from(String relation) {
        Query.named("relation", relation);
        return new QueryBuilder(
                method ->
                        new Query(
                                backend,
                                options,
                                schema,
                                method,
                                "/rest/v1/" + UrlEncoding.segment(relation)));
    }

    /// The same server with another schema, which must be among those that it exposes.
    ///
    /// ```java
    /// client.schema("app").from("orders").select().execute(Order.class);
    /// ```
    public DatabaseClient schema(String name) {
        return new DatabaseClient(backend, options, Query.named("schema", name));
    }

    /// A function without arguments.
    public RpcBuilder rpc(String function) {
        return rpc(function, Map.of());
    }

    /// A function.
    ///
    /// ```java
    /// Long unread = client.rpc("unread", Map.of("org", 7)).execute(Long.class);
    /// ```
    ///
    /// @param arguments by their names: a map, a record, whatever JSON writes as an object
    /// @throws IllegalArgumentException when the arguments are no object
    public RpcBuilder rpc(String function, Object arguments) {
        return rpc(function, arguments, RpcOptions.post());
    }

    /// A function, by GET or HEAD, or with a count.
    ///
    /// @param arguments by their names: a map, a record, whatever JSON writes as an object
    /// @throws IllegalArgumentException when the arguments are no object, or when GET or HEAD
    ///   cannot carry one of them (null, text that would be read as a filter, such as `eq.1`, and
    ///   what is named as a part of queries is, such as `limit`)
    public RpcBuilder rpc(String function, Object arguments, RpcOptions how) {
        Query.named("function", function);
        JsonNode named = backend.json().tree(arguments);
        if (!named.isObject()) {
            throw new IllegalArgumentException(
                    "the arguments of " + function + " have names: give a map or a record");
        }
        boolean minimal = how.method().equals("HEAD") && PostgresText.holdsObjects(named);
        String method = minimal ? "POST" : how.method();
        var query =
                new Query(
                        backend,
                        options,
                        schema,
                        method,
                        "/rest/v1/rpc/" + UrlEncoding.segment(function));
        how.count(query);
        if (minimal) {
            query.prefer("return=minimal");
        }
        if (method.equals("POST")) {
            query.body(backend.json().write(named));
        } else {
            RpcArguments.inAddress(named, query);
        }
        return new RpcBuilder(query);
    }
}
