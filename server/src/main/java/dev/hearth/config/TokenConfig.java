package dev.hearth.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.problem.Refusal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Keys and tokens.
///
/// @param jwtSecret the shared secret for HS256 (`JWT_SECRET`), at least 32 characters
/// @param signingKeys private JWKs (`GOTRUE_JWT_KEYS`, `JWT_KEYS`), each one JSON object; the one
///   whose `key_ops` has `sign` signs user tokens, none means HS256 with the secret
/// @param issuer the `iss` claim of user tokens
/// @param audience the `aud` claim of user tokens
/// @param lifetime how long a user token is valid (`JWT_EXPIRY`, seconds)
/// @param anonKey the legacy public key, a JWT (`ANON_KEY`)
/// @param serviceRoleKey the legacy secret key, a JWT (`SERVICE_ROLE_KEY`)
/// @param publishableKeys keys that stand for `anon`
/// @param secretKeys keys that stand for `service_role`
public record TokenConfig(
        Secret jwtSecret,
        List<Secret> signingKeys,
        String issuer,
        String audience,
        Duration lifetime,
        Secret anonKey,
        Secret serviceRoleKey,
        List<Secret> publishableKeys,
        List<Secret> secretKeys) {

    /// Copies the lists.
    public TokenConfig {
        signingKeys = List.copyOf(signingKeys);
        publishableKeys = List.copyOf(publishableKeys);
        secretKeys = List.copyOf(secretKeys);
    }

    private static final int LEAST_SECRET_LENGTH = 32;

    static TokenConfig from(Settings given, boolean development, HttpConfig http) {
        if (!development) {
            DevelopmentKeys.refuse(given);
        }
        Settings settings = development ? given.orElse(DevelopmentKeys.SETTINGS) : given;
        return new TokenConfig(
                jwtSecret(settings),
                jwks(settings),
                settings.text("GOTRUE_JWT_ISSUER").orElse(http.publicUrl() + "/auth/v1"),
                settings.text("GOTRUE_JWT_AUD").orElse("authenticated"),
                settings.duration(
                        "JWT_EXPIRY",
                        settings.duration(
                                "GOTRUE_JWT_EXP", Duration.ofHours(1), Duration.ofSeconds(1)),
                        Duration.ofSeconds(1)),
                required(settings, "ANON_KEY"),
                required(settings, "SERVICE_ROLE_KEY"),
                secrets(settings, "SUPABASE_PUBLISHABLE_KEY"),
                secrets(settings, "SUPABASE_SECRET_KEY"));
    }

    private static Secret jwtSecret(Settings settings) {
        Secret secret = required(settings, "JWT_SECRET", "GOTRUE_JWT_SECRET");
        if (secret.value().length() < LEAST_SECRET_LENGTH) {
            throw refuse(
                    "JWT_SECRET",
                    "JWT_SECRET has fewer than %d characters".formatted(LEAST_SECRET_LENGTH));
        }
        return secret;
    }

    private static List<Secret> jwks(Settings settings) {
        var keys = new ArrayList<Secret>();
        String text = settings.text("GOTRUE_JWT_KEYS", "JWT_KEYS").orElse("[]");
        try {
            for (JsonNode key : new ObjectMapper().readTree(text)) {
                // Symmetric entries repeat the shared secret for verifiers; it has its own setting.
                if (!key.path("kty").asText().equals("oct")) {
                    keys.add(new Secret(key.toString()));
                }
            }
        } catch (JsonProcessingException _) {
            throw refuse("GOTRUE_JWT_KEYS", "GOTRUE_JWT_KEYS is not a JSON array of JWKs");
        }
        return keys;
    }

    private static Secret required(Settings settings, String... names) {
        return settings.secret(names).orElseThrow(() -> refuse(names[0], names[0] + " is not set"));
    }

    private static List<Secret> secrets(Settings settings, String name) {
        return settings.list(name, List.of()).stream().map(Secret::new).toList();
    }

    private static Refusal refuse(String name, String message) {
        return new Refusal(new SettingProblem(name, message, "Make keys with: hearth keys"));
    }
}
