package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class PausesTest {

    @Test
    void pausesTwiceAsLongAfterEachFailureUpToALimit() {
        var pauses = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(List.of(pauses.after(1), pauses.after(2), pauses.after(3), pauses.after(99)))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 5L);
    }
}
