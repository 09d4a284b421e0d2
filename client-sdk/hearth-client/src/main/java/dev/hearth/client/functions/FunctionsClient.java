package dev.hearth.client.functions;

import dev.hearth.client.internal.Backend;

/// Functions at the edge.
public final class FunctionsClient {

    private final Backend backend;

    /// For the front class.
    @SuppressWarnings("exports")
    public FunctionsClient(Backend backend) {
        this.backend = backend;
    }
}
