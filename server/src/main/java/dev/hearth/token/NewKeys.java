package dev.hearth.token;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Makes the secrets of a new project, under the names of the settings that read them (auth.md
/// 1.1):
///
/// | name | what |
/// |---|---|
/// | `JWT_SECRET` | 48 letters, the secret of HS256 |
/// | `JWT_KEYS` | a JSON array with one private JWK for ES256 |
/// | `ANON_KEY`, `SERVICE_ROLE_KEY` | JWTs signed with the secret, valid for ten years |
/// | `SUPABASE_PUBLISHABLE_KEY`, `SUPABASE_SECRET_KEY` | opaque, with a checksum as their tail |
///
/// The checksum is made as upstream's self-hosting script makes it, so that tools which check it
/// are content; nothing in the server reads it.
public final class NewKeys {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROJECT = "supabase-self-hosted";
    private static final Period VALIDITY = Period.ofYears(10);
    private static final int COORDINATE_BYTES = 32;
    private static final int OPAQUE_LETTERS = 22;
    private static final int CHECKSUM_LETTERS = 8;

    private NewKeys() {}

    /// Every secret, in the order in which they are shown.
    ///
    /// @param now the `iat` of the JWTs
    public static Map<String, String> make(Instant now) {
        var secret = letters(36);
        var keys = new LinkedHashMap<String, String>();
        keys.put("JWT_SECRET", secret);
        keys.put("JWT_KEYS", "[" + signingKey() + "]");
        keys.put("ANON_KEY", legacyKey("anon", secret, now));
        keys.put("SERVICE_ROLE_KEY", legacyKey("service_role", secret, now));
        keys.put("SUPABASE_PUBLISHABLE_KEY", opaqueKey("sb_publishable_"));
        keys.put("SUPABASE_SECRET_KEY", opaqueKey("sb_secret_"));
        return keys;
    }

    private static String letters(int randomBytes) {
        var bytes = new byte[randomBytes];
        RANDOM.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    private static String legacyKey(String role, String secret, Instant now) {
        var expiry = now.atOffset(ZoneOffset.UTC).plus(VALIDITY).toInstant();
        return JWT.create()
                .withClaim("role", role)
                .withIssuer("supabase")
                .withIssuedAt(now)
                .withExpiresAt(expiry)
                .sign(Algorithm.HMAC256(secret));
    }

    private static String opaqueKey(String prefix) {
        var start = prefix + letters(17).substring(0, OPAQUE_LETTERS);
        return start + "_" + checksum(start);
    }

    static String checksum(String start) {
        try {
            var text = (PROJECT + "|" + start).getBytes(StandardCharsets.UTF_8);
            var digest = MessageDigest.getInstance("SHA-256").digest(text);
            return BASE64.encodeToString(digest).substring(0, CHECKSUM_LETTERS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signingKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            var pair = generator.generateKeyPair();
            var point = ((ECPublicKey) pair.getPublic()).getW();
            var jwk = JSON.createObjectNode();
            jwk.put("kty", "EC").put("kid", UUID.randomUUID().toString()).put("use", "sig");
            var operations = jwk.putArray("key_ops");
            List.of("sign", "verify").forEach(operations::add);
            jwk.put("alg", "ES256").put("crv", "P-256");
            jwk.put("x", coordinate(point.getAffineX())).put("y", coordinate(point.getAffineY()));
            jwk.put("d", coordinate(((ECPrivateKey) pair.getPrivate()).getS()));
            return jwk.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Big-endian, of the curve's full width: leading zeros belong to it, a sign byte does not.
    static String coordinate(BigInteger number) {
        var bytes = new byte[COORDINATE_BYTES];
        var raw = number.toByteArray();
        var length = Math.min(raw.length, COORDINATE_BYTES);
        System.arraycopy(raw, raw.length - length, bytes, COORDINATE_BYTES - length, length);
        return BASE64.encodeToString(bytes);
    }
}
