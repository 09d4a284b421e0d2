package dev.hearth.client.auth;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A second factor of a user.
///
/// @param raw all that the server sent
public record Factor(Map<String, @Nullable Object> raw) {

    /// What kind of factor.
    public enum Type {
        /// An app that shows codes.
        TOTP,
        /// Text messages.
        PHONE,
        /// A key or a device.
        WEBAUTHN,
        /// Codes on paper.
        RECOVERY_CODE,
        /// One that this version does not know: [Factor#raw].
        UNKNOWN;

        static Type of(Optional<String> name) {
            for (Type type : values()) {
                if (name.filter(type.wire()::equals).isPresent()) {
                    return type;
                }
            }
            return UNKNOWN;
        }

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Copies.
    public Factor {
        raw = Fields.copy(raw);
    }

    /// Its id.
    public UUID id() {
        return UUID.fromString(Fields.needed(raw, "id"));
    }

    /// Its kind.
    public Type type() {
        return Type.of(Fields.text(raw, "factor_type"));
    }

    /// Whether it was used once with success; others are half made.
    public boolean isVerified() {
        return Fields.text(raw, "status").filter("verified"::equals).isPresent();
    }

    /// The name that the user gave it.
    public Optional<String> friendlyName() {
        return Fields.text(raw, "friendly_name");
    }

    /// The number, of factors by text message.
    public Optional<String> phone() {
        return Fields.text(raw, "phone");
    }

    /// When it was made.
    public Optional<Instant> createdAt() {
        return Fields.time(raw, "created_at");
    }

    /// When it was changed last.
    public Optional<Instant> updatedAt() {
        return Fields.time(raw, "updated_at");
    }

    @Override
    public String toString() {
        return "Factor[type=" + type() + ", verified=" + isVerified() + "]";
    }
}
