package dev.hearth.token;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTCreationException;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.Secret;
import dev.hearth.config.SettingProblem;
import dev.hearth.problem.Refusal;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// One asymmetric key from a JWK: ES256 (P-256) or RS256 (2048 bits or more). A key without its
/// private part, or whose `key_ops` lacks `sign`, only verifies.
///
/// @param keyId the `kid`
/// @param algorithm `ES256` or `RS256`
/// @param signs whether user tokens may be signed with it
/// @param signer signs and verifies
/// @param publicJwk the JWK without its private members, as WebCrypto imports it to verify
record SigningKey(
        String keyId, String algorithm, boolean signs, Algorithm signer, ObjectNode publicJwk) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LEAST_RSA_BITS = 2048;

    /// The verifier, when the token's header asks for this key's algorithm and no other.
    Optional<Algorithm> verifier(String tokenAlgorithm) {
        return tokenAlgorithm.equals(algorithm) ? Optional.of(signer) : Optional.empty();
    }

    /// Reads one JWK.
    ///
    /// @throws Refusal with a [SettingProblem] when it is no key that can be used here
    static SigningKey parse(Secret jwk) {
        try {
            JsonNode node = JSON.readTree(jwk.value());
            return switch (node.path("kty").asText()) {
                case "EC" -> elliptic(node);
                case "RSA" -> rsa(node);
                default -> throw refuse("has a key whose kty is neither EC nor RSA");
            };
        } catch (JsonProcessingException | GeneralSecurityException | IllegalArgumentException _) {
            throw refuse("holds a key that cannot be read as a JWK");
        }
    }

    private static SigningKey elliptic(JsonNode jwk) throws GeneralSecurityException {
        if (!jwk.path("crv").asText().equals("P-256")) {
            throw refuse("has an EC key whose curve is not P-256");
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
        KeyFactory keys = KeyFactory.getInstance("EC");
        var point = new ECPoint(integer(jwk, "x"), integer(jwk, "y"));
        var publicKey = (ECPublicKey) keys.generatePublic(new ECPublicKeySpec(point, curve));
        @Nullable ECPrivateKey privateKey =
                jwk.has("d")
                        ? (ECPrivateKey)
                                keys.generatePrivate(new ECPrivateKeySpec(integer(jwk, "d"), curve))
                        : null;
        return key(
                jwk,
                "ES256",
                Algorithm.ECDSA256(publicKey, privateKey),
                List.of("kty", "crv", "x", "y"));
    }

    private static SigningKey rsa(JsonNode jwk) throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance("RSA");
        BigInteger modulus = integer(jwk, "n");
        if (modulus.bitLength() < LEAST_RSA_BITS) {
            throw refuse("has an RSA key of fewer than 2048 bits");
        }
        var publicKey =
                (RSAPublicKey)
                        keys.generatePublic(new RSAPublicKeySpec(modulus, integer(jwk, "e")));
        @Nullable RSAPrivateKey privateKey =
                jwk.has("d")
                        ? (RSAPrivateKey)
                                keys.generatePrivate(
                                        new RSAPrivateKeySpec(modulus, integer(jwk, "d")))
                        : null;
        return key(jwk, "RS256", Algorithm.RSA256(publicKey, privateKey), List.of("kty", "n", "e"));
    }

    private static SigningKey key(
            JsonNode jwk, String algorithm, Algorithm signer, List<String> publicMembers) {
        String keyId = jwk.path("kid").asText();
        if (keyId.isEmpty()) {
            throw refuse("has a key without a kid");
        }
        var operations = new ArrayList<String>();
        jwk.path("key_ops").forEach(operation -> operations.add(operation.asText()));
        boolean signs = jwk.has("d") && (operations.isEmpty() || operations.contains("sign"));
        ObjectNode shown = JSON.createObjectNode();
        publicMembers.forEach(member -> shown.set(member, jwk.get(member)));
        shown.put("kid", keyId);
        shown.put("alg", algorithm);
        shown.put("use", "sig");
        shown.putArray("key_ops").add("verify");
        var key = new SigningKey(keyId, algorithm, signs, signer, shown);
        if (jwk.has("d")) {
            key.requirePair();
        }
        return key;
    }

    /// A private part that belongs to another public part would sign tokens that nobody accepts.
    private void requirePair() {
        try {
            String signed = JWT.create().withKeyId(keyId).withSubject("pair").sign(signer);
            JWT.require(signer).build().verify(signed);
        } catch (JWTVerificationException | JWTCreationException _) {
            throw refuse("has a key whose private and public parts do not belong together");
        }
    }

    private static BigInteger integer(JsonNode jwk, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.path(member).asText()));
    }

    static Refusal refuse(String what) {
        return new Refusal(
                new SettingProblem(
                        "GOTRUE_JWT_KEYS",
                        "GOTRUE_JWT_KEYS " + what,
                        "Make keys with: hearth keys"));
    }

    /// Without the key.
    @Override
    public String toString() {
        return "SigningKey[" + keyId + "]";
    }
}
