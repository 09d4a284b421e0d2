package dev.hearth.client.realtime;

import dev.hearth.client.internal.Backend;

/// Changes, broadcast and presence.
public final class RealtimeClient {

    private final Backend backend;

    /// For the front class.
    @SuppressWarnings("exports")
    public RealtimeClient(Backend backend, RealtimeOptions options) {
        this.backend = backend;
    }
}
