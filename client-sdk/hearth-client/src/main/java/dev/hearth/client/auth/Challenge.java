package dev.hearth.client.auth;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A factor was asked for its code.
///
/// @param raw all that the server sent
public record Challenge(Map<String, @Nullable Object> raw) {

    /// Copies.
    public Challenge {
        raw = Fields.copy(raw);
    }

    /// Its id, for [MfaClient#verify].
    public UUID id() {
        return UUID.fromString(Fields.needed(raw, "id"));
    }

    /// Of which kind the factor is.
    public Factor.Type type() {
        return Factor.Type.of(Fields.text(raw, "type"));
    }

    /// Until when it can be answered.
    public Optional<Instant> expiresAt() {
        return Fields.seconds(raw, "expires_at");
    }
}
