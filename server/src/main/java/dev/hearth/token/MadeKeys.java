package dev.hearth.token;

import dev.hearth.config.Secret;

/// One project's keys, fresh from [KeyMaker]. All but the anon and publishable keys are secret.
///
/// @param jwtSecret the shared secret for HS256 (`JWT_SECRET`)
/// @param signingKey the private JWK that signs user tokens (one item of `GOTRUE_JWT_KEYS`)
/// @param anonKey the legacy public key (`ANON_KEY`)
/// @param serviceRoleKey the legacy secret key (`SERVICE_ROLE_KEY`)
/// @param publishableKey stands for `anon` (`SUPABASE_PUBLISHABLE_KEY`)
/// @param secretKey stands for `service_role` (`SUPABASE_SECRET_KEY`)
public record MadeKeys(
        Secret jwtSecret,
        Secret signingKey,
        Secret anonKey,
        Secret serviceRoleKey,
        Secret publishableKey,
        Secret secretKey) {}
