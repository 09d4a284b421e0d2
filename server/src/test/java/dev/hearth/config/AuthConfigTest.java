package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.AuthConfig.PasswordRules;
import dev.hearth.config.AuthConfig.Rates;
import dev.hearth.config.AuthConfig.Rotation;
import dev.hearth.config.AuthConfig.SessionLimits;
import dev.hearth.problem.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class AuthConfigTest {

    private static AuthConfig from(Map<String, String> settings, boolean development) {
        return AuthConfig.from(Settings.of(List.of(settings)), development);
    }

    @Test
    void hasTheseDefaults() {
        assertThat(from(Map.of(), false))
                .isEqualTo(
                        new AuthConfig(
                                false,
                                false,
                                "authenticated",
                                List.of("service_role", "supabase_admin"),
                                true,
                                new Rates(30, 30, 150, true),
                                new Rotation(true, Duration.ofSeconds(10)),
                                new SessionLimits(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        false,
                                        List.of()),
                                new PasswordRules(6, List.of()),
                                Duration.ofSeconds(10)));
    }

    @Test
    void letsAnonymousUsersInDuringDevelopmentWithoutCountingThisMachine() {
        AuthConfig config = from(Map.of(), true);

        assertThat(config.anonymousUsers()).isTrue();
        assertThat(config.rates().loopbackCounted()).isFalse();
    }

    @Test
    void readsEveryName() {
        var settings =
                Map.ofEntries(
                        Map.entry("GOTRUE_EXTERNAL_ANONYMOUS_USERS_ENABLED", "true"),
                        Map.entry("GOTRUE_DISABLE_SIGNUP", "true"),
                        Map.entry("GOTRUE_JWT_DEFAULT_GROUP_NAME", "member"),
                        Map.entry("GOTRUE_JWT_ADMIN_ROLES", "boss, chief"),
                        Map.entry("GOTRUE_AUDIT_LOG_DISABLE_POSTGRES", "true"),
                        Map.entry("GOTRUE_RATE_LIMIT_ANONYMOUS_USERS", "1"),
                        Map.entry("GOTRUE_RATE_LIMIT_OTP", "2"),
                        Map.entry("GOTRUE_RATE_LIMIT_TOKEN_REFRESH", "3"),
                        Map.entry("GOTRUE_SECURITY_REFRESH_TOKEN_ROTATION_ENABLED", "false"),
                        Map.entry("GOTRUE_SECURITY_REFRESH_TOKEN_REUSE_INTERVAL", "0"),
                        Map.entry("GOTRUE_SESSIONS_TIMEBOX", "24h"),
                        Map.entry("GOTRUE_SESSIONS_INACTIVITY_TIMEOUT", "1h30m"),
                        Map.entry("GOTRUE_SESSIONS_ALLOW_LOW_AAL", "10m"),
                        Map.entry("GOTRUE_SESSIONS_SINGLE_PER_USER", "true"),
                        Map.entry("GOTRUE_SESSIONS_TAGS", "web,phone"),
                        Map.entry("GOTRUE_PASSWORD_MIN_LENGTH", "8"),
                        Map.entry("GOTRUE_PASSWORD_REQUIRED_CHARACTERS", "abc:12\\:3:"),
                        Map.entry("GOTRUE_API_MAX_REQUEST_DURATION", "1500ms"));

        assertThat(from(settings, false))
                .isEqualTo(
                        new AuthConfig(
                                true,
                                true,
                                "member",
                                List.of("boss", "chief"),
                                false,
                                new Rates(1, 2, 3, true),
                                new Rotation(false, Duration.ZERO),
                                new SessionLimits(
                                        Optional.of(Duration.ofHours(24)),
                                        Optional.of(Duration.ofMinutes(90)),
                                        Optional.of(Duration.ofMinutes(10)),
                                        true,
                                        List.of("web", "phone")),
                                new PasswordRules(8, List.of("abc", "12:3")),
                                Duration.ofMillis(1500)));
    }

    @Test
    void takesTheShorterSpellingFirst() {
        AuthConfig config =
                from(
                        Map.of(
                                "ENABLE_ANONYMOUS_USERS", "false",
                                "GOTRUE_EXTERNAL_ANONYMOUS_USERS_ENABLED", "true",
                                "DISABLE_SIGNUP", "true",
                                "GOTRUE_DISABLE_SIGNUP", "false"),
                        true);

        assertThat(config.anonymousUsers()).isFalse();
        assertThat(config.signupDisabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ENABLE_ANONYMOUS_USERS, perhaps",
        "GOTRUE_RATE_LIMIT_ANONYMOUS_USERS, -1",
        "GOTRUE_SECURITY_REFRESH_TOKEN_REUSE_INTERVAL, -5s",
        "GOTRUE_SESSIONS_TIMEBOX, soon",
        "GOTRUE_PASSWORD_MIN_LENGTH, 5"
    })
    void refusesNonsenseByName(String name, String value) {
        assertThatThrownBy(() -> from(Map.of(name, value), true))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(name);
    }
}
