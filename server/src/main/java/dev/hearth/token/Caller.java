package dev.hearth.token;

import java.time.Instant;
import java.util.Optional;

/// On whose behalf a transaction runs: a database role and the claims that its policies read. Two
/// callers are equal when role and claims are, so a verdict of row level security can be shared.
///
/// @param role the database role to assume
/// @param claims the verified claims as one JSON object, compact
/// @param expiresAt when the claims stop being true; empty for a project key
public record Caller(String role, String claims, Optional<Instant> expiresAt) {

    /// The caller that a project key stands for, with no claim but its role.
    ///
    /// @param role `anon` or `service_role`
    public static Caller ofRole(String role) {
        return new Caller(role, "{\"role\":\"" + role + "\"}", Optional.empty());
    }

    /// Without the claims, which are personal data.
    @Override
    public String toString() {
        return "Caller[" + role + "]";
    }
}
