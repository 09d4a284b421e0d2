package dev.hearth.client.database;

import dev.hearth.client.internal.Backend;

/// Tables, views and functions.
public final class DatabaseClient {

    private final Backend backend;

    /// For the front class.
    @SuppressWarnings("exports")
    public DatabaseClient(Backend backend, DatabaseOptions options) {
        this.backend = backend;
    }
}
