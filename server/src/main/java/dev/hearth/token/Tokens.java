package dev.hearth.token;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.time.DateTimeException;
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

    /// Exact numbers: claims go on to policies as they were signed.
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final Secret secret;
    private final List<SigningKey> keys;
    private final Clock clock;

    /// @param config the keys
    /// @param clock what time it is, for `exp` and `nbf`
    /// @throws dev.hearth.problem.Refusal with a [dev.hearth.config.SettingProblem] when a key
    ///   cannot be used, two share a `kid`, or more than one may sign
    public Tokens(TokenConfig config, Clock clock) {
        this.secret = config.jwtSecret();
        this.keys = config.signingKeys().stream().map(SigningKey::parse).toList();
        this.clock = clock;
        if (keys.stream().map(SigningKey::keyId).distinct().count() < keys.size()) {
            throw SigningKey.refuse("has two keys with the same kid");
        }
        if (keys.stream().filter(SigningKey::signs).count() > 1) {
            throw SigningKey.refuse("has more than one key whose key_ops has sign");
        }
    }

    /// Checks form, signature, `exp` and `nbf` (numbers, decimals are cut; no leeway). A token
    /// without `exp` verifies; callers that demand one look at [Token#expiresAt()]. Never throws.
    public Verification verify(String token) {
        DecodedJWT decoded;
        Token content;
        try {
            decoded = JWT.decode(token);
            content = content(decoded);
        } catch (JWTDecodeException
                | IllegalArgumentException
                | DateTimeException
                | JsonProcessingException _) {
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
                    ? new UnknownKey(keyId, name)
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
        Instant now = clock.instant();
        Optional<Instant> expiry = token.expiresAt();
        if (expiry.isPresent() && !expiry.get().isAfter(now)) {
            return new Expired(token, Duration.between(expiry.get(), now));
        }
        if (token.notBefore().filter(start -> start.isAfter(now)).isPresent()) {
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
        return current.map(key -> CompactForm.of(key.signer(), Optional.of(key.keyId()), claims))
                .orElseGet(
                        () ->
                                CompactForm.of(
                                        Algorithm.HMAC256(secret.value()),
                                        Optional.empty(),
                                        claims));
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
}
