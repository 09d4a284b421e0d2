package dev.hearth.client.storage;

import dev.hearth.client.internal.Backend;

/// Files.
public final class StorageClient {

    private final Backend backend;

    /// For the front class.
    @SuppressWarnings("exports")
    public StorageClient(Backend backend) {
        this.backend = backend;
    }
}
