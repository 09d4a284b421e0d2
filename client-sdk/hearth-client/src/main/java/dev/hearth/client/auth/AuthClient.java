package dev.hearth.client.auth;

import dev.hearth.client.internal.Backend;

/// Users and sessions.
public final class AuthClient {

    private final Backend backend;

    /// For the front class.
    @SuppressWarnings("exports")
    public AuthClient(Backend backend, AuthOptions options) {
        this.backend = backend;
    }
}
