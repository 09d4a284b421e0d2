package dev.hearth.client.auth;

import java.util.List;

/// The second factors of a user.
///
/// @param all verified or not, and of kinds that this version does not know
public record Factors(List<Factor> all) {

    /// Copies.
    public Factors {
        all = List.copyOf(all);
    }

    /// The verified ones by app.
    public List<Factor> totp() {
        return verified(Factor.Type.TOTP);
    }

    /// The verified ones by text message.
    public List<Factor> phone() {
        return verified(Factor.Type.PHONE);
    }

    /// The verified ones by key or device.
    public List<Factor> webauthn() {
        return verified(Factor.Type.WEBAUTHN);
    }

    private List<Factor> verified(Factor.Type type) {
        return all.stream().filter(factor -> factor.isVerified() && factor.type() == type).toList();
    }
}
