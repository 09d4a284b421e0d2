package dev.hearth.client.auth;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a token says, after it was checked.
///
/// @param raw all claims
/// @param header of the token: `alg`, `kid`, `typ`
public record Claims(Map<String, @Nullable Object> raw, Map<String, @Nullable Object> header) {

    /// Copies.
    public Claims {
        raw = Fields.copy(raw);
        header = Fields.copy(header);
    }

    /// Who it is, a user's id.
    public String subject() {
        return Fields.needed(raw, "sub");
    }

    /// Who made it.
    public Optional<String> issuer() {
        return Fields.text(raw, "iss");
    }

    /// For whom it is.
    public List<String> audience() {
        return Fields.texts(raw, "aud");
    }

    /// When it runs out.
    public Optional<Instant> expiresAt() {
        return Fields.seconds(raw, "exp");
    }

    /// When it was made.
    public Optional<Instant> issuedAt() {
        return Fields.seconds(raw, "iat");
    }

    /// The role in the database.
    public Optional<String> role() {
        return Fields.text(raw, "role");
    }

    /// The address.
    public Optional<String> email() {
        return Fields.text(raw, "email");
    }

    /// The number.
    public Optional<String> phone() {
        return Fields.text(raw, "phone");
    }

    /// Whether it was signed in anonymously, when the token was made.
    public boolean isAnonymous() {
        return Fields.flag(raw, "is_anonymous");
    }

    /// The session it belongs to.
    public Optional<String> sessionId() {
        return Fields.text(raw, "session_id");
    }

    /// How sure the server is of who it is.
    public AssuranceLevel assuranceLevel() {
        return AssuranceLevel.of(Fields.text(raw, "aal"));
    }

    /// How the user showed who it is, newest first.
    public List<AuthenticationMethod> authenticationMethods() {
        return Fields.objects(raw, "amr", AuthenticationMethod::of);
    }

    /// What only the server may change.
    public Map<String, @Nullable Object> appMetadata() {
        return Fields.object(raw, "app_metadata");
    }

    /// What users may change themselves. Not for rights.
    public Map<String, @Nullable Object> userMetadata() {
        return Fields.object(raw, "user_metadata");
    }

    @Override
    public String toString() {
        return "Claims[subject="
                + Fields.text(raw, "sub").orElse("")
                + ", role="
                + role().orElse("")
                + "]";
    }
}
