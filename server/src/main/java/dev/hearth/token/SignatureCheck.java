package dev.hearth.token;

/// What the keys say of a token: its form and signature, and nothing of its claims.
public sealed interface SignatureCheck {

    /// A key made the signature.
    record Holds(Token token) implements SignatureCheck {}

    /// No text at all.
    record Empty() implements SignatureCheck {}

    /// Not three parts with points between them.
    ///
    /// @param count how many there are
    record WrongParts(int count) implements SignatureCheck {}

    /// A part that is not base64url, a header that is no JSON object, or one with an algorithm that
    /// nobody knows.
    record Undecodable() implements SignatureCheck {}

    /// The algorithm `none`.
    record Unsigned() implements SignatureCheck {}

    /// No key has the algorithm and the `kid` of the header.
    record NoKey() implements SignatureCheck {}

    /// None of the keys that have them made the signature.
    record Forged() implements SignatureCheck {}

    /// A key made the signature, but what it signed is no JSON object.
    record NoClaims() implements SignatureCheck {}
}
