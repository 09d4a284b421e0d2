package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class RealtimeConfigTest {

    @Test
    void hasADefaultForEveryLimit() {
        assertThat(RealtimeConfig.from(Settings.of(List.of())))
                .isEqualTo(
                        new RealtimeConfig(
                                10_000,
                                100,
                                1_000,
                                1_000,
                                1_000,
                                100,
                                Duration.ofSeconds(30),
                                3_000_500,
                                4 << 20,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(10),
                                Duration.ofMillis(10)));
        assertThat(SocketConfig.from(Settings.of(List.of())))
                .isEqualTo(new SocketConfig(5_000_000, Duration.ofSeconds(60), 4 << 20));
    }

    @Test
    void hasANameForEveryLimitOfASocket() {
        var settings =
                Settings.of(
                        List.of(
                                Map.of(
                                        "HEARTH_MAX_FRAME_BYTES", "1001",
                                        "HEARTH_SOCKET_IDLE", "2s",
                                        "HEARTH_OUTBOX_BYTES", "1003")));

        assertThat(SocketConfig.from(settings))
                .isEqualTo(new SocketConfig(1_001, Duration.ofSeconds(2), 1_003));
    }

    @Test
    void hasANameForEveryLimit() {
        var settings =
                Settings.of(
                        List.of(
                                Map.ofEntries(
                                        Map.entry("MAX_CONCURRENT_USERS", "1"),
                                        Map.entry("MAX_CHANNELS_PER_CLIENT", "2"),
                                        Map.entry("MAX_JOINS_PER_SECOND", "3"),
                                        Map.entry("MAX_EVENTS_PER_SECOND", "4"),
                                        Map.entry("MAX_PRESENCE_EVENTS_PER_SECOND", "5"),
                                        Map.entry("CLIENT_PRESENCE_MAX_CALLS", "6"),
                                        Map.entry("CLIENT_PRESENCE_WINDOW_MS", "7"),
                                        Map.entry("MAX_PAYLOAD_SIZE_IN_KB", "8"),
                                        Map.entry("HEARTH_INBOX_BYTES", "9000"),
                                        Map.entry("CONNECT_ERROR_BACKOFF_MS", "10"),
                                        Map.entry("CHANNEL_ERROR_BACKOFF_MS", "11"),
                                        Map.entry("NO_CHANNEL_TIMEOUT_IN_MS", "12"),
                                        Map.entry("HEARTH_REALTIME_GATHER", "13"))));

        assertThat(RealtimeConfig.from(settings))
                .isEqualTo(
                        new RealtimeConfig(
                                1,
                                2,
                                3,
                                4,
                                5,
                                6,
                                Duration.ofMillis(7),
                                8_500,
                                9_000,
                                Duration.ofMillis(10),
                                Duration.ofMillis(11),
                                Duration.ofMillis(12),
                                Duration.ofMillis(13)));
    }
}
