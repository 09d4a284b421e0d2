package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Set;

/// Checks signatures with the JDK's own means: ES256, RS256, EdDSA with Ed25519.
final class Signatures {

    private static final Set<String> KNOWN = Set.of("ES256", "RS256", "EdDSA");

    private static final int ED25519_BYTES = 32;

    private Signatures() {}

    static boolean knows(String algorithm) {
        return KNOWN.contains(algorithm);
    }

    /// Whether the token was signed with the key.
    ///
    /// @throws dev.hearth.client.error.AuthException when the key is of another algorithm
    static boolean holds(Jwt token, JsonNode key) {
        String own = key.path("alg").asText(token.algorithm());
        if (!own.equals(token.algorithm())) {
            throw Jwt.invalid("the token says " + token.algorithm() + " and its key " + own);
        }
        try {
            Signature check = Signature.getInstance(jdkName(token.algorithm()));
            check.initVerify(publicKey(token.algorithm(), key));
            check.update(token.signedBytes());
            return check.verify(token.signatureBytes());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw Jwt.invalid("the token's signature cannot be checked with the key of its name");
        }
    }

    private static String jdkName(String algorithm) {
        return switch (algorithm) {
            case "ES256" -> "SHA256withECDSAinP1363Format";
            case "RS256" -> "SHA256withRSA";
            default -> "Ed25519";
        };
    }

    private static PublicKey publicKey(String algorithm, JsonNode key)
            throws GeneralSecurityException {
        return switch (algorithm) {
            case "ES256" -> ellipticCurve(key);
            case "RS256" -> rsa(key);
            default -> edwardsCurve(key);
        };
    }

    private static PublicKey rsa(JsonNode key) throws GeneralSecurityException {
        needs(key, "kty", "RSA");
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
    }

    private static PublicKey ellipticCurve(JsonNode key) throws GeneralSecurityException {
        needs(key, "crv", "P-256");
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC")
                .generatePublic(
                        new ECPublicKeySpec(
                                new ECPoint(number(key, "x"), number(key, "y")),
                                curve.getParameterSpec(ECParameterSpec.class)));
    }

    /// RFC 8032, 5.1.2: the point is y in little-endian order, with the sign of x in the last bit.
    private static PublicKey edwardsCurve(JsonNode key) throws GeneralSecurityException {
        needs(key, "crv", "Ed25519");
        byte[] point = bytes(key, "x");
        if (point.length != ED25519_BYTES) {
            throw new IllegalArgumentException("no point of Ed25519");
        }
        byte[] bigEndian = new byte[ED25519_BYTES];
        for (int i = 0; i < ED25519_BYTES; i++) {
            bigEndian[i] = point[ED25519_BYTES - 1 - i];
        }
        boolean xIsOdd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7f;
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(
                                NamedParameterSpec.ED25519,
                                new EdECPoint(xIsOdd, new BigInteger(1, bigEndian))));
    }

    private static void needs(JsonNode key, String name, String value) {
        if (!value.equals(key.path(name).asText(""))) {
            throw new IllegalArgumentException("no " + value);
        }
    }

    private static BigInteger number(JsonNode key, String name) {
        return new BigInteger(1, bytes(key, name));
    }

    private static byte[] bytes(JsonNode key, String name) {
        return Base64.getUrlDecoder().decode(key.path(name).asText(""));
    }
}
