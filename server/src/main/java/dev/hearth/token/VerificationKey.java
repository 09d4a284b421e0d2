package dev.hearth.token;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.config.Secret;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One key that verifies and never signs.
sealed interface VerificationKey {

    /// Whether a token's header asks for this key.
    boolean suits(String algorithm, Optional<String> keyId);

    /// Whether it made the signature.
    boolean made(String algorithm, byte[] signed, byte[] signature);

    /// A shared secret.
    ///
    /// @param base64 its bytes
    /// @param isJwk whether it has a `kid`, or could have one; else it takes any
    record Shared(Secret base64, boolean isJwk, Optional<String> keyId, Set<String> algorithms)
            implements VerificationKey {

        private static final Set<String> ALL = Set.of("HS256", "HS384", "HS512");

        static Shared text(Secret secret) {
            return bytes(secret.value().getBytes(StandardCharsets.UTF_8));
        }

        static Shared bytes(byte[] secret) {
            var base64 = new Secret(Base64.getUrlEncoder().encodeToString(secret));
            return new Shared(base64, false, Optional.empty(), ALL);
        }

        @Override
        public boolean suits(String algorithm, Optional<String> asked) {
            return algorithms.contains(algorithm)
                    && (!isJwk || asked.isEmpty() || asked.equals(keyId));
        }

        @Override
        public boolean made(String algorithm, byte[] signed, byte[] signature) {
            String name = "HmacSHA" + algorithm.substring(2);
            try {
                Mac mac = Mac.getInstance(name);
                byte[] key = Base64.getUrlDecoder().decode(base64.value());
                mac.init(new SecretKeySpec(key, name));
                return MessageDigest.isEqual(mac.doFinal(signed), signature);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has " + name, e);
            }
        }
    }

    /// The public part of a pair.
    record Public(PublicKey key, Optional<String> keyId, Set<String> algorithms)
            implements VerificationKey {

        @Override
        public boolean suits(String algorithm, Optional<String> asked) {
            return algorithms.contains(algorithm) && (asked.isEmpty() || asked.equals(keyId));
        }

        @Override
        public boolean made(String algorithm, byte[] signed, byte[] signature) {
            try {
                Signature verifier = Signature.getInstance(javaName(algorithm));
                verifier.initVerify(key);
                verifier.update(signed);
                return verifier.verify(signature);
            } catch (GeneralSecurityException _) {
                return false;
            }
        }

        private static String javaName(String algorithm) {
            return switch (algorithm.substring(0, 2)) {
                case "RS" -> "SHA" + algorithm.substring(2) + "withRSA";
                case "ES" -> "SHA" + algorithm.substring(2) + "withECDSAinP1363Format";
                default -> "Ed25519";
            };
        }
    }

    /// Reads a JWK; empty where it is of a kind that is not verified with here.
    ///
    /// @throws GeneralSecurityException or IllegalArgumentException when it is broken
    static Optional<VerificationKey> of(JsonNode jwk) throws GeneralSecurityException {
        if (jwk.path("use").asText("sig").equals("enc")) {
            return Optional.empty();
        }
        return switch (jwk.path("kty").asText()) {
            case "oct" -> Optional.of(shared(jwk));
            case "RSA" ->
                    Optional.of(
                            key(
                                    jwk,
                                    "RSA",
                                    new RSAPublicKeySpec(integer(jwk, "n"), integer(jwk, "e")),
                                    Set.of("RS256", "RS384", "RS512")));
            case "EC" -> elliptic(jwk);
            case "OKP" ->
                    jwk.path("crv").asText().equals("Ed25519")
                            ? Optional.of(key(jwk, "Ed25519", edwards(jwk), Set.of("EdDSA")))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static VerificationKey shared(JsonNode jwk) {
        String key = jwk.path("k").asText();
        if (Base64.getUrlDecoder().decode(key).length == 0) {
            throw new IllegalArgumentException("an empty key");
        }
        return new Shared(new Secret(key), true, keyId(jwk), restricted(jwk, Shared.ALL));
    }

    private static Optional<VerificationKey> elliptic(JsonNode jwk)
            throws GeneralSecurityException {
        return switch (jwk.path("crv").asText()) {
            case "P-256" -> Optional.of(elliptic(jwk, "secp256r1", "ES256"));
            case "P-384" -> Optional.of(elliptic(jwk, "secp384r1", "ES384"));
            case "P-521" -> Optional.of(elliptic(jwk, "secp521r1", "ES512"));
            default -> Optional.empty();
        };
    }

    private static VerificationKey elliptic(JsonNode jwk, String curve, String algorithm)
            throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        var point = new ECPoint(integer(jwk, "x"), integer(jwk, "y"));
        return key(
                jwk,
                "EC",
                new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)),
                Set.of(algorithm));
    }

    /// The highest bit of the last byte is the sign of x, the rest is y, lowest byte first (RFC
    /// 8032).
    private static KeySpec edwards(JsonNode jwk) {
        byte[] point = Base64.getUrlDecoder().decode(jwk.path("x").asText());
        if (point.length != 32) {
            throw new IllegalArgumentException("not a point of Ed25519");
        }
        boolean odd = (point[31] & 0x80) != 0;
        point[31] &= 0x7f;
        var reversed = new byte[point.length];
        for (int i = 0; i < point.length; i++) {
            reversed[i] = point[point.length - 1 - i];
        }
        return new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, reversed)));
    }

    private static VerificationKey key(
            JsonNode jwk, String kind, KeySpec spec, Set<String> algorithms)
            throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance(kind).generatePublic(spec);
        return new Public(key, keyId(jwk), restricted(jwk, algorithms));
    }

    private static Optional<String> keyId(JsonNode jwk) {
        return Optional.ofNullable(jwk.path("kid").textValue());
    }

    private static Set<String> restricted(JsonNode jwk, Set<String> possible) {
        String algorithm = jwk.path("alg").asText();
        if (algorithm.isEmpty()) {
            return possible;
        }
        return possible.contains(algorithm) ? Set.of(algorithm) : Set.of();
    }

    private static BigInteger integer(JsonNode jwk, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.path(member).asText()));
    }
}
