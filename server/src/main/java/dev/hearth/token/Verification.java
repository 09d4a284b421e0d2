package dev.hearth.token;

import java.time.Duration;
import java.util.Optional;

/// What became of the verification of a token. Every capability words its refusal itself.
public sealed interface Verification {

    /// The signature holds and the token has not run out.
    record Verified(Token token) implements Verification {}

    /// Not three base64url parts of JSON, or a time claim is no number.
    ///
    /// @param reason for people, without any part of the token
    record Malformed(String reason) implements Verification {}

    /// An algorithm that no configured key has, `none` included.
    record UnsupportedAlgorithm(String algorithm) implements Verification {}

    /// The header names a key that is not configured, or none where keys are told apart by name.
    ///
    /// @param keyId the header's `kid`
    record UnknownKey(Optional<String> keyId, String algorithm) implements Verification {}

    /// The signature does not belong to header and payload.
    record BadSignature() implements Verification {}

    /// The signature holds, but `exp` has passed.
    ///
    /// @param since how long ago it ran out
    record Expired(Token token, Duration since) implements Verification {}

    /// The signature holds, but `nbf` is still to come.
    ///
    /// @param reason for people
    record NotValid(Token token, String reason) implements Verification {}
}
