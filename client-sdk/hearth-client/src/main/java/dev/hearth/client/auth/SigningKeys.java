package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.Timers;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// The server's public keys, kept for a while. Safe for any thread.
final class SigningKeys {

    /// How long they are kept, as in supabase-js.
    static final Duration KEPT = Duration.ofMinutes(10);

    private record Fetched(JsonNode keys, long at) {}

    private final Calls calls;
    private final Timers timers;
    private volatile Optional<Fetched> fetched = Optional.empty();

    SigningKeys(Calls calls, Timers timers) {
        this.calls = calls;
        this.timers = timers;
    }

    /// The key of that name, asked for when it is not known or not any more.
    Optional<JsonNode> find(String id, ClaimsOptions options) {
        return options.jwks()
                .flatMap(own -> in(parsed(own), id))
                .or(() -> known(id))
                .or(() -> in(fetch(), id));
    }

    private Optional<JsonNode> known(String id) {
        return fetched.filter(set -> timers.nanos() - set.at < KEPT.toNanos())
                .flatMap(set -> in(set.keys, id));
    }

    private JsonNode fetch() {
        JsonNode keys = calls.ask(Calls.get("/.well-known/jwks.json"));
        fetched = Optional.of(new Fetched(keys, timers.nanos()));
        return keys;
    }

    private static JsonNode parsed(String jwks) {
        try {
            return Json.protocol().readTree(jwks);
        } catch (IOException e) {
            throw new IllegalArgumentException("the key set is no JSON", e);
        }
    }

    private static Optional<JsonNode> in(JsonNode set, String id) {
        for (JsonNode key : set.path("keys")) {
            if (id.equals(key.path("kid").asText(""))) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }
}
