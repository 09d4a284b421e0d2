package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.internal.json.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A token taken apart; nothing in it is checked yet.
///
/// @param signed what the signature is of
record Jwt(JsonNode header, JsonNode claims, String signed, String signature) {

    /// @throws AuthException when it is none
    static Jwt parse(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw invalid("the token is no JWT: it has not three parts");
        }
        return new Jwt(object(parts[0]), object(parts[1]), parts[0] + "." + parts[1], parts[2]);
    }

    private static JsonNode object(String part) {
        try {
            JsonNode tree = Json.protocol().readTree(Base64.getUrlDecoder().decode(part));
            if (tree.isObject()) {
                return tree;
            }
            throw invalid("the token is no JWT: a part of it is no object");
        } catch (IllegalArgumentException | IOException e) {
            throw invalid("the token is no JWT: a part of it is no base64url of JSON");
        }
    }

    String algorithm() {
        return header.path("alg").asText("");
    }

    String keyId() {
        return header.path("kid").asText("");
    }

    byte[] signatureBytes() {
        try {
            return Base64.getUrlDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            throw invalid("the token's signature is no base64url");
        }
    }

    byte[] signedBytes() {
        return signed.getBytes(StandardCharsets.US_ASCII);
    }

    static AuthException invalid(String message) {
        return AuthException.local(message, AuthErrorCode.INVALID_JWT);
    }

    @Override
    public String toString() {
        return "Jwt[alg=" + algorithm() + "]";
    }
}
