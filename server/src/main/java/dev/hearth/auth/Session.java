package dev.hearth.auth;

import dev.hearth.config.AuthConfig.SessionLimits;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A row of `auth.sessions`: one sign-in of a user.
///
/// @param id the session
/// @param userId the user
/// @param createdAt when the user signed in
/// @param refreshedAt when it was last refreshed
/// @param notAfter when it ends in any case
/// @param assurance `aal1` or `aal2`, as it was last written
/// @param tag the kind of session
/// @param ofOauthClient whether a third party's client opened it
/// @param methods how the user proved who they are, newest first
record Session(
        UUID id,
        UUID userId,
        Instant createdAt,
        Optional<Instant> refreshedAt,
        Optional<Instant> notAfter,
        String assurance,
        String tag,
        boolean ofOauthClient,
        List<Method> methods) {

    private static final Set<String> SECOND_FACTORS = Set.of("totp", "mfa/phone", "mfa/webauthn");

    /// One proof.
    ///
    /// @param name the method's name in the claim `amr`
    /// @param seconds when, in seconds since 1970
    record Method(String name, long seconds) {}

    Session {
        methods = List.copyOf(methods);
    }

    /// `aal2` when a second factor was used in this session.
    String achievedAssurance() {
        return methods.stream().map(Method::name).anyMatch(SECOND_FACTORS::contains)
                ? "aal2"
                : "aal1";
    }

    /// When the session was last in use.
    ///
    /// @param tokenTime when its refresh token was last written, for sessions older than
    ///   `refreshed_at`
    Instant lastRefresh(Optional<Instant> tokenTime) {
        return refreshedAt.orElseGet(() -> tokenTime.filter(createdAt::isBefore).orElse(createdAt));
    }

    /// Why the session may not be refreshed any more; empty when it may.
    Optional<AuthProblem> expiry(
            SessionLimits limits, Instant now, Optional<Instant> tokenTime, boolean secondFactor) {
        if (notAfter.filter(now::isAfter).isPresent() || over(limits.timebox(), createdAt, now)) {
            return Optional.of(new AuthProblem.SessionExpired(""));
        }
        if (over(limits.inactivity(), lastRefresh(tokenTime), now)) {
            return Optional.of(new AuthProblem.SessionExpired(" (Inactivity)"));
        }
        if (secondFactor
                && !assurance.equals("aal2")
                && over(limits.lowAssurance(), createdAt, now)) {
            return Optional.of(
                    new AuthProblem.SessionExpired(" (Low AAL: User Needs MFA Verification)"));
        }
        return Optional.empty();
    }

    /// The kind of session among those that are configured; the first one where it has none.
    String kind(List<String> tags) {
        return tags.contains(tag) ? tag : tags.stream().findFirst().orElse("");
    }

    private static boolean over(Optional<Duration> limit, Instant start, Instant now) {
        return limit.filter(duration -> now.isAfter(start.plus(duration))).isPresent();
    }
}
