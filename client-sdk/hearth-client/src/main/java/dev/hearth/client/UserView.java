package dev.hearth.client;

import dev.hearth.client.database.DatabaseClient;
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

    /// Files.
    public StorageClient storage() {
        return rooms.storage();
    }

    /// Functions at the edge.
    public FunctionsClient functions() {
        return rooms.functions();
    }
}
