package dev.hearth.client.auth;

import java.util.Optional;

/// How a token is checked. Immutable: each method gives another one.
public final class ClaimsOptions {

    private final boolean allowExpired;
    private final Optional<String> jwks;

    private ClaimsOptions(boolean allowExpired, Optional<String> jwks) {
        this.allowExpired = allowExpired;
        this.jwks = jwks;
    }

    /// The usual ones: the token must not have run out, and the keys are the server's.
    public static ClaimsOptions of() {
        return new ClaimsOptions(false, Optional.empty());
    }

    /// A token that has run out is read as well.
    public ClaimsOptions allowExpired() {
        return new ClaimsOptions(true, jwks);
    }

    /// Keys that are looked at before the server's, as a JSON Web Key Set `{"keys":[…]}`.
    public ClaimsOptions jwks(String json) {
        return new ClaimsOptions(allowExpired, Optional.of(json));
    }

    boolean allowsExpired() {
        return allowExpired;
    }

    Optional<String> jwks() {
        return jwks;
    }
}
