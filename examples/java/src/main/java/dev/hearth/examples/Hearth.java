package dev.hearth.examples;

import dev.hearth.client.SupabaseClient;

/// The server that all examples use: that of `./hearth start`, unless `HEARTH_URL` and `HEARTH_KEY`
/// name another one.
final class Hearth {

    private static final String URL = "http://127.0.0.1:54321";

    /// Well known, and of development only.
    private static final String KEY = "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH";

    private Hearth() {}

    static SupabaseClient connect() {
        return SupabaseClient.create(url(), key());
    }

    static String url() {
        return System.getenv().getOrDefault("HEARTH_URL", URL);
    }

    static String key() {
        return System.getenv().getOrDefault("HEARTH_KEY", KEY);
    }
}
