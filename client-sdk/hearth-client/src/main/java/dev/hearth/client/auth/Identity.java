package dev.hearth.client.auth;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A way in which a user signs in: an address, a number, an account elsewhere.
///
/// @param raw all that the server sent
public record Identity(Map<String, @Nullable Object> raw) {

    /// Copies.
    public Identity {
        raw = Fields.copy(raw);
    }

    /// The identity itself, for [AuthClient#unlinkIdentity].
    public UUID identityId() {
        return UUID.fromString(Fields.needed(raw, "identity_id"));
    }

    /// The provider's own name for the user; for addresses and numbers the user's id.
    public String id() {
        return Fields.needed(raw, "id");
    }

    /// Whose it is.
    public UUID userId() {
        return UUID.fromString(Fields.needed(raw, "user_id"));
    }

    /// `email`, `phone`, `github` and so on.
    public String provider() {
        return Fields.needed(raw, "provider");
    }

    /// What the provider told of the user.
    public Map<String, @Nullable Object> identityData() {
        return Fields.object(raw, "identity_data");
    }

    /// The address that the provider knows.
    public Optional<String> email() {
        return Fields.text(raw, "email");
    }

    /// When it was linked.
    public Optional<Instant> createdAt() {
        return Fields.time(raw, "created_at");
    }

    /// When it was changed last.
    public Optional<Instant> updatedAt() {
        return Fields.time(raw, "updated_at");
    }

    /// When it was used last.
    public Optional<Instant> lastSignInAt() {
        return Fields.time(raw, "last_sign_in_at");
    }

    @Override
    public String toString() {
        return "Identity[provider=" + Fields.text(raw, "provider").orElse("") + "]";
    }
}
