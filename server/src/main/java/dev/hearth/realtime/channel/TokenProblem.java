package dev.hearth.realtime.channel;

import java.time.Duration;
import java.util.Optional;

/// Why a token does not do, in upstream's words (realtime.md 1.2, 3.6 and 5.2); [#words()] is the
/// one table of them.
sealed interface TokenProblem {

    /// It has run out.
    record Expired(Duration since) implements TokenProblem {}

    /// It lacks `role` or `exp`.
    record MissingClaims() implements TokenProblem {}

    /// It is not valid yet, or a claim of time is no number.
    record NotValid() implements TokenProblem {}

    /// It is no JWT.
    record Malformed() implements TokenProblem {}

    /// The signature does not hold.
    record BadSignature() implements TokenProblem {}

    /// No key for its algorithm, or for the key that it names.
    ///
    /// @param keyId the key that it names, cut to a sane length
    record NoSigner(Optional<String> keyId) implements TokenProblem {}

    /// The table.
    default Words words() {
        return switch (this) {
            case Expired(Duration since) ->
                    new Words(
                            "InvalidJWTToken",
                            "Token has expired " + since.toSeconds() + " seconds ago");
            case MissingClaims _ ->
                    new Words("InvalidJWTToken", "Fields `role` and `exp` are required in JWT");
            case NotValid _ -> new Words("InvalidJWTToken", "Token is not valid yet");
            case Malformed _ -> new Words("MalformedJWT", "The token provided is not a valid JWT");
            case BadSignature _ ->
                    new Words("JwtSignatureError", "Failed to validate JWT signature");
            case NoSigner(Optional<String> keyId) ->
                    new Words(
                            "JwtSignerError",
                            "Failed to generate JWT signer"
                                    + keyId.map(id -> " for key ID (kid) \"" + id + "\"").orElse("")
                                    + ", check your JWT secret or JWKS configuration");
        };
    }

    /// What a channel is told.
    default String text() {
        return words().text();
    }

    /// What a handshake is told.
    default String handshakeText() {
        return this instanceof Expired ? "Token has expired" : text();
    }
}
