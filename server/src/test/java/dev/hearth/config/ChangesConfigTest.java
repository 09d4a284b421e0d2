package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.problem.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

class ChangesConfigTest {
    @Test
    void boundsTheSlotAtFourGigabytesUnlessSomebodyChose() {
        assertThat(maxSlotLag("")).isEqualTo(4L << 30);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1024, 1024", "64kB, 65536", "512MB, 536870912", "2 GB, 2147483648"})
    void readsASizeAsPostgresWritesIt(String text, long bytes) {
        assertThat(maxSlotLag(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "GB", "4 gallons", "1.5GB", "99999999999999TB"})
    void refusesWhatIsNoSizeByName(String text) {
        assertThatThrownBy(() -> maxSlotLag(text))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("HEARTH_SLOT_MAX_LAG");
    }

    private static long maxSlotLag(String text) {
        return ChangesConfig.from(Settings.of(List.of(Map.of("HEARTH_SLOT_MAX_LAG", text))))
                .maxSlotLag();
    }
}
