package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.problem.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class ConfigTest {

    private static final Map<String, String> EXTERNAL =
            Map.of(
                    "HEARTH_DATABASE_URL",
                    "postgresql://owner:p%40ss@db.example:6543/app?sslmode=require",
                    "JWT_SECRET",
                    "a-secret-of-our-own-with-more-than-32-characters",
                    "ANON_KEY",
                    "a.b.c",
                    "SERVICE_ROLE_KEY",
                    "d.e.f");

    @Test
    void withoutAnySettingItIsLocalDevelopmentWithTheWellKnownKeys() {
        Config config = TestSettings.developmentConfig();
        assertThat(config.development()).isTrue();
        assertThat(config.http().port()).isEqualTo(54321);
        assertThat(config.database().embeddedPort()).isEqualTo(54322);
        assertThat(config.token().issuer()).isEqualTo("http://127.0.0.1:54321/auth/v1");
        assertThat(config.token().publishableKeys())
                .containsExactly(new Secret("sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH"));
        assertThat(config.database().exposeNewTables()).isTrue();
    }

    @Test
    void anotherDatabaseIsNoDevelopment() {
        Config config = Config.from(TestSettings.of(EXTERNAL));
        assertThat(config.development()).isFalse();
        assertThat(config.database().exposeNewTables()).isFalse();
        DatabaseUrl owner = config.database().owner().orElseThrow();
        assertThat(owner.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6543/app");
        assertThat(owner.password().value()).isEqualTo("p@ss");
        assertThat(owner.parameters()).containsEntry("sslmode", "require");
    }

    @Test
    void anotherBindAddressIsNoDevelopmentEither() {
        assertThatThrownBy(() -> Config.from(TestSettings.of(Map.of("HEARTH_BIND", "0.0.0.0"))))
                .isInstanceOf(Refusal.class)
                .hasMessage("JWT_SECRET is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "JWT_SECRET,super-secret-jwt-token-with-at-least-32-characters-long",
        "JWT_SECRET,your-super-secret-jwt-token-with-at-least-32-characters-long",
        "SUPABASE_SECRET_KEY,sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz",
        "ANON_KEY,eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZS1kZW1vIn0.x",
    })
    void publishedKeysAreRefusedOutsideDevelopment(String name, String value) {
        var settings = new HashMap<>(EXTERNAL);
        settings.put(name, value);
        assertThatThrownBy(() -> Config.from(TestSettings.of(settings)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.problem().code()).isEqualTo(name);
                            assertThat(refusal.problem().hint())
                                    .hasValueSatisfying(
                                            hint -> assertThat(hint).contains("hearth keys"));
                        });
    }

    @Test
    void aShortSecretIsRefused() {
        var settings = new HashMap<>(EXTERNAL);
        settings.put("JWT_SECRET", "short");
        assertThatThrownBy(() -> Config.from(TestSettings.of(settings)))
                .hasMessage("JWT_SECRET has fewer than 32 characters");
    }

    @Test
    void anOptionWinsOverTheEnvironmentAndThatOverTheFile() {
        Settings settings =
                Settings.of(
                        List.of(
                                Map.of("HEARTH_PORT", "1"),
                                Map.of("HEARTH_PORT", "2", "HEARTH_DB_PORT", "3"),
                                Map.of("HEARTH_DB_PORT", "4", "HEARTH_DATA", "/d")));
        Config config = Config.from(settings);
        assertThat(config.http().port()).isEqualTo(1);
        assertThat(config.database().embeddedPort()).isEqualTo(3);
        assertThat(config.data()).hasToString("/d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "65536", "1.5"})
    void aPortThatIsNoneIsRefusedByName(String port) {
        assertThatThrownBy(() -> Config.from(TestSettings.of(Map.of("HEARTH_PORT", port))))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("HEARTH_PORT ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://a@b/c", "not an address", "postgresql:///nohost"})
    void anAddressThatIsNoDatabasesIsRefusedWithoutBeingShown(String url) {
        assertThatThrownBy(() -> Config.from(TestSettings.of(Map.of("HEARTH_DATABASE_URL", url))))
                .hasMessage("HEARTH_DATABASE_URL is not an address of a PostgreSQL database");
    }

    @ParameterizedTest
    @CsvSource({"3600,PT1H", "90s,PT1M30S", "1h30m,PT1H30M", "250ms,PT0.25S"})
    void durationsTakeUnits(String text, String expected) {
        assertThat(
                        TestSettings.of(Map.of("X", text))
                                .duration("X", Duration.ZERO, Duration.ofSeconds(1)))
                .isEqualTo(Duration.parse(expected));
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(TestSettings.developmentConfig().toString())
                .doesNotContain("super-secret", "sb_secret_N7UND0", "dIhR8wywJ");
    }
}
