package dev.hearth.token;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.Secret;
import dev.hearth.config.TokenConfig;
import dev.hearth.token.Verification.BadSignature;
import dev.hearth.token.Verification.Expired;
import dev.hearth.token.Verification.Malformed;
import dev.hearth.token.Verification.NotValid;
import dev.hearth.token.Verification.UnknownKey;
import dev.hearth.token.Verification.UnsupportedAlgorithm;
import dev.hearth.token.Verification.Verified;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Verifies and signs JSON Web Tokens with the configured keys. Immutable; safe for any thread; no
/// I/O.
///
/// The key rule is that of supabase/auth and supabase/realtime (auth.md 2.2, realtime.md 1.2): a
/// `kid` that is configured selects its key; an HS token whose `kid` is unknown falls back to the
/// secret; any other unknown `kid` is refused.
public final class Tokens {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Secret secret;
    private final List<SigningKey> keys;
    private final Clock clock;

    /// @param config the keys
    /// @param clock what time it is, for `exp` and `nbf`
    public Tokens(TokenConfig config, Clock clock) {
        this.secret = config.jwtSecret();
        this.keys = config.signingKeys().stream().map(SigningKey::parse).toList();
        this.clock = clock;
    }

    /// Checks form, signature, `exp` and `nbf`. A token without `exp` verifies; callers that demand
    /// one look at [Token#expiresAt()].
    public Verification verify(String token) {
        DecodedJWT decoded;
        Token content;
        try {
            decoded = JWT.decode(token);
            content = content(decoded);
        } catch (JWTDecodeException | IllegalArgumentException | JsonProcessingException _) {
            return new Malformed("token is not three base64url parts of JSON");
        }
        String name = Optional.ofNullable(decoded.getAlgorithm()).orElse("");
        Optional<String> keyId = Optional.ofNullable(decoded.getKeyId());
        Optional<SigningKey> key = keyId.flatMap(this::key);
        Optional<Algorithm> algorithm =
                key.isPresent() ? key.flatMap(k -> k.verifier(name)) : bySecret(name);
        if (algorithm.isEmpty()) {
            boolean known = keys.stream().anyMatch(k -> k.algorithm().equals(name));
            return known && key.isEmpty()
                    ? new UnknownKey(keyId.orElse(""))
                    : new UnsupportedAlgorithm(name);
        }
        try {
            algorithm.get().verify(decoded);
        } catch (SignatureVerificationException | IllegalArgumentException _) {
            return new BadSignature();
        }
        return inTime(content);
    }

    private Verification inTime(Token token) {
        for (String claim : List.of("exp", "nbf")) {
            JsonNode node = token.claims().get(claim);
            if (node != null && !node.isNull() && !node.isNumber()) {
                return new NotValid(token, "claim " + claim + " is not a number");
            }
        }
        Instant now = clock.instant();
        Optional<Instant> expiry = token.expiresAt();
        if (expiry.isPresent() && !expiry.get().isAfter(now)) {
            return new Expired(token, Duration.between(expiry.get(), now));
        }
        JsonNode notBefore = token.claims().get("nbf");
        if (notBefore != null
                && notBefore.isNumber()
                && notBefore.longValue() > now.getEpochSecond()) {
            return new NotValid(token, "token is not valid yet");
        }
        return new Verified(token);
    }

    /// Signs claims with the current key: the configured JWK that may sign, else HS256 with the
    /// secret.
    ///
    /// @return the compact form, three base64url parts without padding
    public String sign(ObjectNode claims) {
        Optional<SigningKey> current = keys.stream().filter(SigningKey::signs).findFirst();
        return current.map(key -> compact(key.signer(), Optional.of(key.keyId()), claims))
                .orElseGet(
                        () -> compact(Algorithm.HMAC256(secret.value()), Optional.empty(), claims));
    }

    /// The public halves of the configured keys as `{"keys":[…]}`; the secret is never in it.
    public ObjectNode keySet() {
        ObjectNode set = JSON.createObjectNode();
        var array = set.putArray("keys");
        keys.forEach(key -> array.add(key.publicJwk()));
        return set;
    }

    private Optional<SigningKey> key(String keyId) {
        return keys.stream().filter(key -> key.keyId().equals(keyId)).findFirst();
    }

    private Optional<Algorithm> bySecret(String name) {
        return switch (name) {
            case "HS256" -> Optional.of(Algorithm.HMAC256(secret.value()));
            case "HS384" -> Optional.of(Algorithm.HMAC384(secret.value()));
            case "HS512" -> Optional.of(Algorithm.HMAC512(secret.value()));
            default -> Optional.empty();
        };
    }

    private static Token content(DecodedJWT decoded) throws JsonProcessingException {
        byte[] payload = Base64.getUrlDecoder().decode(decoded.getPayload());
        JsonNode claims = JSON.readTree(new String(payload, StandardCharsets.UTF_8));
        if (!(claims instanceof ObjectNode object)) {
            throw new IllegalArgumentException("payload is not an object");
        }
        return new Token(object.toString(), object);
    }

    private static String compact(Algorithm algorithm, Optional<String> keyId, ObjectNode claims) {
        ObjectNode header = JSON.createObjectNode();
        header.put("alg", algorithm.getName());
        keyId.ifPresent(id -> header.put("kid", id));
        header.put("typ", "JWT");
        String head = encode(header.toString().getBytes(StandardCharsets.UTF_8));
        String body = encode(claims.toString().getBytes(StandardCharsets.UTF_8));
        byte[] signature =
                algorithm.sign(
                        head.getBytes(StandardCharsets.US_ASCII),
                        body.getBytes(StandardCharsets.US_ASCII));
        return head + "." + body + "." + encode(signature);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
