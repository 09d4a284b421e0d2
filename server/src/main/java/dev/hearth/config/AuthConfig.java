package dev.hearth.config;

import dev.hearth.problem.Refusal;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What auth allows, and its limits. Names are those of self-hosting and of supabase/auth
/// `internal/conf`; where two spellings exist, the first one here wins.
///
/// @param anonymousUsers whether a user may be made without e-mail and phone
///   (`ENABLE_ANONYMOUS_USERS`, `GOTRUE_EXTERNAL_ANONYMOUS_USERS_ENABLED`; in development true,
///   else false)
/// @param signupDisabled whether no user at all may be made (`DISABLE_SIGNUP`,
///   `GOTRUE_DISABLE_SIGNUP`; false)
/// @param defaultRole the database role of new users (`GOTRUE_JWT_DEFAULT_GROUP_NAME`;
///   `authenticated`)
/// @param adminRoles the `role` claims that make a token an administrator's
///   (`GOTRUE_JWT_ADMIN_ROLES`; `service_role`, `supabase_admin`)
/// @param auditLog whether what happens is also written to `auth.audit_log_entries` (not
///   `GOTRUE_AUDIT_LOG_DISABLE_POSTGRES`; true)
/// @param rates how often one address may ask
/// @param rotation what becomes of used refresh tokens
/// @param sessions how long a session may be refreshed
/// @param passwords what a password must be like
/// @param requestLimit how long the database may work for one request, after which it is given up
///   with `request_timeout`; 0 is for ever (`GOTRUE_API_MAX_REQUEST_DURATION`; 10s)
public record AuthConfig(
        boolean anonymousUsers,
        boolean signupDisabled,
        String defaultRole,
        List<String> adminRoles,
        boolean auditLog,
        Rates rates,
        Rotation rotation,
        SessionLimits sessions,
        PasswordRules passwords,
        Duration requestLimit) {

    private static final int MOST_REQUESTS = 1_000_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /// Requests of one address; 0 switches a limit off.
    ///
    /// @param anonymousPerHour anonymous sign-ups an hour (`GOTRUE_RATE_LIMIT_ANONYMOUS_USERS`; 30)
    /// @param signUpsPerFiveMinutes other sign-ups, and changes of a user, each in five minutes
    ///   (`GOTRUE_RATE_LIMIT_OTP`; 30)
    /// @param tokensPerFiveMinutes sign-ins and refreshes in five minutes
    ///   (`GOTRUE_RATE_LIMIT_TOKEN_REFRESH`; 150)
    /// @param loopbackCounted whether clients on this machine count too; not in development
    public record Rates(
            int anonymousPerHour,
            int signUpsPerFiveMinutes,
            int tokensPerFiveMinutes,
            boolean loopbackCounted) {}

    /// What becomes of used refresh tokens.
    ///
    /// @param enabled whether a token that is used too late ends its whole session
    ///   (`GOTRUE_SECURITY_REFRESH_TOKEN_ROTATION_ENABLED`; true)
    /// @param reuseInterval for how long a used token may be used again
    ///   (`GOTRUE_SECURITY_REFRESH_TOKEN_REUSE_INTERVAL`, seconds; 10)
    public record Rotation(boolean enabled, Duration reuseInterval) {}

    /// Limits that are looked at when a session is refreshed; all off when nothing is set.
    ///
    /// @param timebox since sign-in (`GOTRUE_SESSIONS_TIMEBOX`)
    /// @param inactivity since the last refresh (`GOTRUE_SESSIONS_INACTIVITY_TIMEOUT`)
    /// @param lowAssurance since sign-in without the second factor that the user has
    ///   (`GOTRUE_SESSIONS_ALLOW_LOW_AAL`)
    /// @param singlePerUser whether a newer session ends the older ones
    ///   (`GOTRUE_SESSIONS_SINGLE_PER_USER`; false)
    /// @param tags kinds of sessions that do not end each other (`GOTRUE_SESSIONS_TAGS`)
    public record SessionLimits(
            Optional<Duration> timebox,
            Optional<Duration> inactivity,
            Optional<Duration> lowAssurance,
            boolean singlePerUser,
            List<String> tags) {
        /// Copies the tags.
        public SessionLimits {
            tags = List.copyOf(tags);
        }
    }

    /// What a password must be like.
    ///
    /// @param leastLength in bytes of UTF-8 (`GOTRUE_PASSWORD_MIN_LENGTH`; 6)
    /// @param requiredCharacters sets of which each must give one character, with colons between
    ///   them, `\:` for a colon (`GOTRUE_PASSWORD_REQUIRED_CHARACTERS`; none)
    public record PasswordRules(int leastLength, List<String> requiredCharacters) {
        /// Copies the sets.
        public PasswordRules {
            requiredCharacters = List.copyOf(requiredCharacters);
        }
    }

    /// Copies the roles.
    public AuthConfig {
        adminRoles = List.copyOf(adminRoles);
    }

    /// Reads the settings.
    ///
    /// @param development whether the embedded database is used on loopback
    /// @throws Refusal with a [SettingProblem] for a value that makes no sense
    public static AuthConfig from(Settings settings, boolean development) {
        return new AuthConfig(
                settings.flag(
                        "ENABLE_ANONYMOUS_USERS",
                        settings.flag("GOTRUE_EXTERNAL_ANONYMOUS_USERS_ENABLED", development)),
                settings.flag("DISABLE_SIGNUP", settings.flag("GOTRUE_DISABLE_SIGNUP", false)),
                settings.text("GOTRUE_JWT_DEFAULT_GROUP_NAME").orElse("authenticated"),
                settings.list("GOTRUE_JWT_ADMIN_ROLES", List.of("service_role", "supabase_admin")),
                !settings.flag("GOTRUE_AUDIT_LOG_DISABLE_POSTGRES", false),
                rates(settings, development),
                new Rotation(
                        settings.flag("GOTRUE_SECURITY_REFRESH_TOKEN_ROTATION_ENABLED", true),
                        notNegative(
                                settings,
                                "GOTRUE_SECURITY_REFRESH_TOKEN_REUSE_INTERVAL",
                                Duration.ofSeconds(10))),
                sessions(settings),
                passwords(settings),
                notNegative(settings, "GOTRUE_API_MAX_REQUEST_DURATION", Duration.ofSeconds(10)));
    }

    private static Rates rates(Settings settings, boolean development) {
        return new Rates(
                settings.integer("GOTRUE_RATE_LIMIT_ANONYMOUS_USERS", 30, 0, MOST_REQUESTS),
                settings.integer("GOTRUE_RATE_LIMIT_OTP", 30, 0, MOST_REQUESTS),
                settings.integer("GOTRUE_RATE_LIMIT_TOKEN_REFRESH", 150, 0, MOST_REQUESTS),
                !development);
    }

    private static SessionLimits sessions(Settings settings) {
        return new SessionLimits(
                limit(settings, "GOTRUE_SESSIONS_TIMEBOX"),
                limit(settings, "GOTRUE_SESSIONS_INACTIVITY_TIMEOUT"),
                limit(settings, "GOTRUE_SESSIONS_ALLOW_LOW_AAL"),
                settings.flag("GOTRUE_SESSIONS_SINGLE_PER_USER", false),
                settings.list("GOTRUE_SESSIONS_TAGS", List.of()));
    }

    /// Passwords shorter than six bytes are never allowed, as upstream.
    private static PasswordRules passwords(Settings settings) {
        return new PasswordRules(
                settings.integer("GOTRUE_PASSWORD_MIN_LENGTH", 6, 6, 72),
                settings.text("GOTRUE_PASSWORD_REQUIRED_CHARACTERS").stream()
                        .flatMap(text -> Arrays.stream(text.split("(?<!\\\\):")))
                        .map(set -> set.replace("\\:", ":"))
                        .filter(set -> !set.isEmpty())
                        .toList());
    }

    private static Optional<Duration> limit(Settings settings, String name) {
        return Optional.of(notNegative(settings, name, Duration.ZERO)).filter(Duration::isPositive);
    }

    private static Duration notNegative(Settings settings, String name, Duration fallback) {
        Duration duration = settings.duration(name, fallback, SECOND);
        if (duration.isNegative()) {
            throw new Refusal(
                    new SettingProblem(
                            name, name + " is negative", "Write a duration such as 24h"));
        }
        return duration;
    }
}
