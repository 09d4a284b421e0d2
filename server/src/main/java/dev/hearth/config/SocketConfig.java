package dev.hearth.config;

import java.time.Duration;

/// The limits of every WebSocket.
///
/// @param maxFrameBytes the largest message that is read, a longer one closes with 1009
///   (`HEARTH_MAX_FRAME_BYTES`, 5,000,000)
/// @param idle a socket from which nothing came for so long is closed (`HEARTH_SOCKET_IDLE`, 60 s)
/// @param outboxBytes the most bytes that may wait for one receiver before it is closed as too slow
///   (`HEARTH_OUTBOX_BYTES`, 4 MiB)
public record SocketConfig(int maxFrameBytes, Duration idle, int outboxBytes) {

    /// Reads the settings.
    ///
    /// @throws dev.hearth.problem.Refusal with a [SettingProblem] for a value that makes no sense
    public static SocketConfig from(Settings settings) {
        return new SocketConfig(
                settings.integer("HEARTH_MAX_FRAME_BYTES", 5_000_000, 1_000, 100_000_000),
                settings.duration(
                        "HEARTH_SOCKET_IDLE", Duration.ofSeconds(60), Duration.ofSeconds(1)),
                settings.integer("HEARTH_OUTBOX_BYTES", 4 << 20, 1_000, 1 << 30));
    }
}
