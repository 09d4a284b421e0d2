package dev.hearth.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.Secret;
import dev.hearth.config.SettingProblem;
import dev.hearth.config.TokenConfig;
import dev.hearth.problem.Refusal;
import dev.hearth.token.SignatureCheck.Empty;
import dev.hearth.token.SignatureCheck.Forged;
import dev.hearth.token.SignatureCheck.Holds;
import dev.hearth.token.SignatureCheck.NoClaims;
import dev.hearth.token.SignatureCheck.NoKey;
import dev.hearth.token.SignatureCheck.Undecodable;
import dev.hearth.token.SignatureCheck.Unsigned;
import dev.hearth.token.SignatureCheck.WrongParts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The keys whose signatures the data API believes. Immutable; safe for any thread; no I/O.
///
/// The key rule is that of PostgREST (rest.md 14): a `kid` selects its key, without one every key
/// of the algorithm is tried. A secret that is written as a text has no `kid` and is tried for
/// every one, as [Tokens] does.
public final class VerificationKeys {

    /// No key: no token is believed.
    public static final VerificationKeys NONE = new VerificationKeys(List.of());

    private static final String SETTING = "PGRST_JWT_SECRET";
    private static final int LEAST_SECRET_BYTES = 32;

    private static final Set<String> ALGORITHMS =
            Set.of(
                    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512",
                    "EdDSA");

    /// Exact numbers: claims go on to policies as they were signed.
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final List<VerificationKey> keys;

    private VerificationKeys(List<VerificationKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /// The project's keys: the secret, and the public parts of the signing keys.
    ///
    /// @throws Refusal with a [SettingProblem] when a key cannot be used
    public static VerificationKeys of(TokenConfig config) {
        var keys = new ArrayList<VerificationKey>();
        keys.add(VerificationKey.Shared.text(config.jwtSecret()));
        config.signingKeys().forEach(key -> keys.addAll(jwks(key.value())));
        return new VerificationKeys(keys);
    }

    /// These keys and further ones.
    ///
    /// @param secret a text of at least 32 bytes, a JWK, or a JWK set
    /// @param base64 whether it is encoded so
    /// @throws Refusal with a [SettingProblem] when it is none of them
    public VerificationKeys and(Secret secret, boolean base64) {
        var all = new ArrayList<>(keys);
        all.addAll(base64 ? decoded(secret.value()) : written(secret.value()));
        return new VerificationKeys(all);
    }

    /// Whether there is none.
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /// Checks form and signature. Never throws.
    public SignatureCheck check(String token) {
        if (token.isEmpty()) {
            return new Empty();
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return new WrongParts(parts.length);
        }
        try {
            JsonNode header = JSON.readTree(decode(parts[0]));
            byte[] payload = decode(parts[1]);
            byte[] signature = decode(parts[2]);
            String algorithm = header.path("alg").asText();
            if (algorithm.equals("none")) {
                return new Unsigned();
            }
            if (!header.isObject() || !ALGORITHMS.contains(algorithm)) {
                return new Undecodable();
            }
            Optional<String> keyId = Optional.ofNullable(header.path("kid").textValue());
            String signed = parts[0] + "." + parts[1];
            return check(algorithm, keyId, bytes(signed), signature, payload);
        } catch (IOException | IllegalArgumentException _) {
            return new Undecodable();
        }
    }

    private SignatureCheck check(
            String algorithm,
            Optional<String> keyId,
            byte[] signed,
            byte[] signature,
            byte[] payload) {
        List<VerificationKey> suitable =
                keys.stream().filter(key -> key.suits(algorithm, keyId)).toList();
        if (suitable.isEmpty()) {
            return new NoKey();
        }
        if (suitable.stream().noneMatch(key -> key.made(algorithm, signed, signature))) {
            return new Forged();
        }
        return claims(payload)
                .<SignatureCheck>map(claims -> new Holds(new Token(claims.toString(), claims)))
                .orElseGet(NoClaims::new);
    }

    private static Optional<ObjectNode> claims(byte[] payload) {
        try {
            return JSON.readTree(payload) instanceof ObjectNode claims
                    ? Optional.of(claims)
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static byte[] decode(String part) {
        if (part.endsWith("=")) {
            throw new IllegalArgumentException("padding");
        }
        return Base64.getUrlDecoder().decode(part);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<VerificationKey> written(String text) {
        if (text.startsWith("{")) {
            return jwks(text);
        }
        if (bytes(text).length < LEAST_SECRET_BYTES) {
            throw refuse("has fewer than 32 characters");
        }
        return List.of(VerificationKey.Shared.text(new Secret(text)));
    }

    /// Upstream takes both alphabets, and points for padding.
    private static List<VerificationKey> decoded(String text) {
        byte[] secret;
        try {
            String usual = text.replace('_', '/').replace('-', '+').replace('.', '=');
            secret = Base64.getDecoder().decode(usual);
        } catch (IllegalArgumentException _) {
            throw refuse("is not base64");
        }
        if (secret.length > 0 && secret[0] == '{') {
            return jwks(new String(secret, StandardCharsets.UTF_8));
        }
        if (secret.length < LEAST_SECRET_BYTES) {
            throw refuse("has fewer than 32 bytes");
        }
        return List.of(VerificationKey.Shared.bytes(secret));
    }

    private static List<VerificationKey> jwks(String json) {
        var keys = new ArrayList<VerificationKey>();
        try {
            JsonNode node = JSON.readTree(json);
            for (JsonNode jwk : node.path("keys").isArray() ? node.path("keys") : List.of(node)) {
                VerificationKey.of(jwk).ifPresent(keys::add);
            }
        } catch (JsonProcessingException | GeneralSecurityException | IllegalArgumentException _) {
            throw refuse("holds a key that cannot be read as a JWK");
        }
        if (keys.isEmpty()) {
            throw refuse("holds no key that can verify");
        }
        return keys;
    }

    private static Refusal refuse(String what) {
        return new Refusal(
                new SettingProblem(
                        SETTING,
                        SETTING + " " + what,
                        "Write a text of at least 32 characters, a JWK or a JWK set"));
    }

    /// Without the keys.
    @Override
    public String toString() {
        return "VerificationKeys[" + keys.size() + "]";
    }
}
