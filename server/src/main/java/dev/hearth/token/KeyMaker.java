package dev.hearth.token;

import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.Secret;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// Makes a project's keys for production: random, unlike any other installation's. No I/O; safe for
/// any thread.
///
/// Forms are those of supabase/supabase `docker/utils`: opaque keys end in a checksum of the
/// project's name and what stands before it, which nothing but people's tools look at.
public final class KeyMaker {

    /// The project's name in the checksum of opaque keys.
    static final String PROJECT = "hearth";

    private static final Period LEGACY_KEY_LIFETIME = Period.ofYears(10);
    private static final int SECRET_BYTES = 32;
    private static final int OPAQUE_BYTES = 17;
    private static final int OPAQUE_LENGTH = 22;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int COORDINATE_BYTES = 32;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecureRandom random;
    private final Clock clock;

    /// @param clock what time it is, for `iat` and `exp` of the legacy keys
    public KeyMaker(Clock clock) {
        this.random = new SecureRandom();
        this.clock = clock;
    }

    /// A whole new set.
    public MadeKeys make() {
        Secret secret = new Secret(encode(bytes(SECRET_BYTES)));
        return new MadeKeys(
                secret,
                signingKey(),
                legacyKey(secret, "anon"),
                legacyKey(secret, "service_role"),
                opaqueKey("sb_publishable_"),
                opaqueKey("sb_secret_"));
    }

    /// A legacy key: a JWT of ten years that names a role and no user.
    ///
    /// @param secret signs it (HS256)
    /// @param role `anon` or `service_role`
    public Secret legacyKey(Secret secret, String role) {
        Instant now = clock.instant();
        ObjectNode claims = JSON.createObjectNode();
        claims.put("role", role);
        claims.put("iss", "supabase");
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.atOffset(ZoneOffset.UTC).plus(LEGACY_KEY_LIFETIME).toEpochSecond());
        return new Secret(
                CompactForm.of(Algorithm.HMAC256(secret.value()), Optional.empty(), claims));
    }

    private Secret signingKey() {
        KeyPair pair = pair();
        var publicKey = (ECPublicKey) pair.getPublic();
        var privateKey = (ECPrivateKey) pair.getPrivate();
        ObjectNode jwk = JSON.createObjectNode();
        jwk.put("kty", "EC");
        jwk.put("kid", UUID.randomUUID().toString());
        jwk.put("use", "sig");
        jwk.putArray("key_ops").add("sign").add("verify");
        jwk.put("alg", "ES256");
        jwk.put("ext", true);
        jwk.put("crv", "P-256");
        jwk.put("x", coordinate(publicKey.getW().getAffineX()));
        jwk.put("y", coordinate(publicKey.getW().getAffineY()));
        jwk.put("d", coordinate(privateKey.getS()));
        return new Secret(jwk.toString());
    }

    private KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    private Secret opaqueKey(String prefix) {
        String start = prefix + encode(bytes(OPAQUE_BYTES)).substring(0, OPAQUE_LENGTH);
        return new Secret(start + "_" + checksum(start));
    }

    static String checksum(String start) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest((PROJECT + "|" + start).getBytes(StandardCharsets.UTF_8));
            return encode(digest).substring(0, CHECKSUM_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// An unsigned number in exactly 32 bytes, as RFC 7518 6.2.1 wants it: leading zeros kept.
    private static String coordinate(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] exact = new byte[COORDINATE_BYTES];
        int length = Math.min(signed.length, COORDINATE_BYTES);
        System.arraycopy(signed, signed.length - length, exact, COORDINATE_BYTES - length, length);
        return encode(exact);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
