package dev.hearth.client.auth;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A factor that was begun; it counts once [MfaClient#verify] has succeeded with it.
///
/// @param raw all that the server sent
public record EnrolledFactor(Map<String, @Nullable Object> raw) {

    /// What an app that shows codes needs. Secret, so it prints without.
    ///
    /// @param qrCode as a `data:` address of an SVG image
    /// @param secret to type in by hand, in Base32
    /// @param uri that the QR code shows, `otpauth://totp/…`
    public record Totp(String qrCode, String secret, String uri) {
        @Override
        public String toString() {
            return "Totp[]";
        }
    }

    /// Copies.
    public EnrolledFactor {
        raw = Fields.copy(raw);
    }

    /// Its id.
    public UUID id() {
        return UUID.fromString(Fields.needed(raw, "id"));
    }

    /// Its kind.
    public Factor.Type type() {
        return Factor.Type.of(Fields.text(raw, "type"));
    }

    /// Its name.
    public Optional<String> friendlyName() {
        return Fields.text(raw, "friendly_name");
    }

    /// Its number.
    public Optional<String> phone() {
        return Fields.text(raw, "phone");
    }

    /// For the app.
    public Optional<Totp> totp() {
        Map<String, @Nullable Object> totp = Fields.object(raw, "totp");
        if (totp.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Totp(
                        "data:image/svg+xml;utf-8," + Fields.text(totp, "qr_code").orElse(""),
                        Fields.text(totp, "secret").orElse(""),
                        Fields.text(totp, "uri").orElse("")));
    }

    @Override
    public String toString() {
        return "EnrolledFactor[type=" + type() + "]";
    }
}
