package dev.hearth.client;

import dev.hearth.client.database.DatabaseClient;
import dev.hearth.client.database.DatabaseOptions;
import dev.hearth.client.functions.FunctionsClient;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.Project;
import dev.hearth.client.storage.StorageClient;

import java.util.function.Supplier;

/// The rooms that a caller's token opens. Immutable and safe for any thread.
final class Rooms {

    private final Backend backend;
    private final Backend functionsBackend;
    private final DatabaseOptions options;
    private final Project project;
    private final DatabaseClient database;
    private final StorageClient storage;
    private final FunctionsClient functions;

    /// @param token the caller's access token, or an empty text where there is none; may block
    Rooms(Backend shared, Supplier<String> token, DatabaseOptions options, Project project) {
        this.options = options;
        this.project = project;
        this.backend = shared.withToken(() -> orElse(token.get(), project.key()));
        this.database = new DatabaseClient(backend, options);
        this.storage = new StorageClient(backend);
        // A function would take such a key for a token that does not hold.
        this.functionsBackend = project.keyIsNoToken() ? shared.withToken(token) : backend;
        this.functions = new FunctionsClient(functionsBackend);
    }

    /// The same for another caller.
    Rooms withToken(Supplier<String> token) {
        return new Rooms(backend, token, options, project);
    }

    Backend backend() {
        return backend;
    }

    Backend functionsBackend() {
        return functionsBackend;
    }

    DatabaseClient database() {
        backend.ensureOpen();
        return database;
    }

    StorageClient storage() {
        backend.ensureOpen();
        return storage;
    }

    FunctionsClient functions() {
        backend.ensureOpen();
        return functions;
    }

    private static String orElse(String token, String key) {
        return token.isEmpty() ? key : token;
    }
}
