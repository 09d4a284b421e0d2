package dev.hearth.config;

import java.time.Duration;
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
}
