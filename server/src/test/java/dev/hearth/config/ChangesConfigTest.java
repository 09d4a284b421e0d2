package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.ChangesConfig.Deletes;
import dev.hearth.problem.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ChangesConfigTest {

    private static ChangesConfig with(Map<String, String> values) {
        return ChangesConfig.from(Settings.of(List.of(values)));
    }

    @Test
    void hasADefaultForEverything() {
        assertThat(with(Map.of()))
                .isEqualTo(
                        new ChangesConfig(
                                Optional.empty(),
                                Deletes.KEYS,
                                1_048_576,
                                8 << 20,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                4L << 30));
    }

    @Test
    void hasANameForEverything() {
        var values =
                Map.of(
                        "HEARTH_SLOT_NAME", "mine",
                        "HEARTH_REALTIME_DELETE", "off",
                        "HEARTH_MAX_CHANGE_BYTES", "1",
                        "HEARTH_MAX_ROW_BYTES", "2",
                        "HEARTH_VERDICT_TIMEOUT_MS", "3",
                        "HEARTH_PUBLICATION_EVERY_MS", "4",
                        "HEARTH_SLOT_MAX_LAG", "5");

        assertThat(with(values))
                .isEqualTo(
                        new ChangesConfig(
                                Optional.of("mine"),
                                Deletes.OFF,
                                1,
                                2,
                                Duration.ofMillis(3),
                                Duration.ofMillis(4),
                                5));
    }

    @ParameterizedTest
    @CsvSource({
        "HEARTH_REALTIME_DELETE,all",
        "HEARTH_MAX_ROW_BYTES,0",
        "HEARTH_VERDICT_TIMEOUT_MS,0",
        "HEARTH_PUBLICATION_EVERY_MS,0",
        "HEARTH_SLOT_MAX_LAG,-1",
        "HEARTH_SLOT_MAX_LAG,GB",
        "HEARTH_SLOT_MAX_LAG,4 gallons",
        "HEARTH_SLOT_MAX_LAG,1.5GB",
        "HEARTH_SLOT_MAX_LAG,99999999999999TB"
    })
    void refusesWhatMakesNoSense(String name, String value) {
        assertThatThrownBy(() -> with(Map.of(name, value)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1024, 1024", "64kB, 65536", "512MB, 536870912", "2 GB, 2147483648"})
    void readsASizeAsPostgresWritesIt(String text, long bytes) {
        assertThat(with(Map.of("HEARTH_SLOT_MAX_LAG", text)).maxSlotLag()).isEqualTo(bytes);
    }
}
