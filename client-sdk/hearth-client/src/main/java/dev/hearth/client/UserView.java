package dev.hearth.client;

import dev.hearth.client.database.DatabaseClient;
import dev.hearth.client.database.QueryBuilder;
import dev.hearth.client.database.RpcBuilder;
import dev.hearth.client.database.RpcOptions;
import dev.hearth.client.functions.FunctionsClient;
import dev.hearth.client.storage.StorageClient;

/// A project's server with the rights of one user: what [SupabaseClient#asUser] gives. It has no
/// session, no socket and nothing to close; connections and threads are the client's, and so is its
/// end. Safe for any thread.
public final class UserView {

    private final Rooms rooms;

    UserView(Rooms rooms) {
        this.rooms = rooms;
    }

    /// Tables, views and functions.
    public DatabaseClient database() {
        return rooms.database();
    }

    /// A table or view, to be read or changed.
    public QueryBuilder from(String relation) {
        return database().from(relation);
    }

    /// The tables, views and functions of another schema.
    public DatabaseClient schema(String name) {
        return database().schema(name);
    }

    /// A function without arguments.
    public RpcBuilder rpc(String function) {
        return database().rpc(function);
    }

    /// A function.
    public RpcBuilder rpc(String function, Object arguments) {
        return database().rpc(function, arguments);
    }

    /// A function, by GET or HEAD, or with a count.
    public RpcBuilder rpc(String function, Object arguments, RpcOptions how) {
        return database().rpc(function, arguments, how);
    }

    /// Files.
    public StorageClient storage() {
        return rooms.storage();
    }

    /// Functions at the edge.
    public FunctionsClient functions() {
        return rooms.functions();
    }

    Rooms rooms() {
        return rooms;
    }
}
