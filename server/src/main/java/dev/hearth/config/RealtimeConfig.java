package dev.hearth.config;

import java.time.Duration;

/// The limits of realtime (realtime.md 10 and 15.8), each under the name of its setting. Rates are
/// averages over ten seconds, so that a burst may be ten times as large.
///
/// @param maxConcurrentUsers open sockets (`MAX_CONCURRENT_USERS`)
/// @param maxChannelsPerClient channels of one socket (`MAX_CHANNELS_PER_CLIENT`)
/// @param maxJoinsPerSecond joins of all sockets together (`MAX_JOINS_PER_SECOND`)
/// @param maxEventsPerSecond messages received from one channel, and broadcasts over HTTP from one
///   address (`MAX_EVENTS_PER_SECOND`)
/// @param maxPresenceEventsPerSecond presence messages received in one topic
///   (`MAX_PRESENCE_EVENTS_PER_SECOND`)
/// @param presencePushes presence messages of one channel within the window
///   (`CLIENT_PRESENCE_MAX_CALLS`)
/// @param presenceWindow the window (`CLIENT_PRESENCE_WINDOW_MS`)
/// @param maxPayloadBytes a broadcast or a presence payload (`MAX_PAYLOAD_SIZE_IN_KB`, of 1,000
///   bytes, and 500 bytes on top as upstream grants)
/// @param inboxBytes what one channel may send while it is still joining (`HEARTH_INBOX_BYTES`)
/// @param connectErrorBackoff how long a refused handshake waits (`CONNECT_ERROR_BACKOFF_MS`)
/// @param channelErrorBackoff how long a refused join waits (`CHANNEL_ERROR_BACKOFF_MS`)
/// @param noChannelTimeout a socket without a channel for so long is closed
///   (`NO_CHANNEL_TIMEOUT_IN_MS`)
/// @param gather how long messages to a busy receiver are gathered into one write; it grows up to
///   three times as long while writing takes most of the time (`HEARTH_REALTIME_GATHER`)
public record RealtimeConfig(
        int maxConcurrentUsers,
        int maxChannelsPerClient,
        int maxJoinsPerSecond,
        int maxEventsPerSecond,
        int maxPresenceEventsPerSecond,
        int presencePushes,
        Duration presenceWindow,
        int maxPayloadBytes,
        int inboxBytes,
        Duration connectErrorBackoff,
        Duration channelErrorBackoff,
        Duration noChannelTimeout,
        Duration gather) {

    private static final Duration MILLISECOND = Duration.ofMillis(1);

    /// Reads the settings.
    ///
    /// @throws dev.hearth.problem.Refusal with a [SettingProblem] for a value that makes no sense
    public static RealtimeConfig from(Settings settings) {
        return new RealtimeConfig(
                positive(settings, "MAX_CONCURRENT_USERS", 10_000),
                positive(settings, "MAX_CHANNELS_PER_CLIENT", 100),
                positive(settings, "MAX_JOINS_PER_SECOND", 1_000),
                positive(settings, "MAX_EVENTS_PER_SECOND", 1_000),
                positive(settings, "MAX_PRESENCE_EVENTS_PER_SECOND", 1_000),
                positive(settings, "CLIENT_PRESENCE_MAX_CALLS", 100),
                milliseconds(settings, "CLIENT_PRESENCE_WINDOW_MS", 30_000),
                settings.integer("MAX_PAYLOAD_SIZE_IN_KB", 3_000, 1, 100_000) * 1_000 + 500,
                settings.integer("HEARTH_INBOX_BYTES", 4 << 20, 1_000, 1 << 30),
                milliseconds(settings, "CONNECT_ERROR_BACKOFF_MS", 2_000),
                milliseconds(settings, "CHANNEL_ERROR_BACKOFF_MS", 5_000),
                milliseconds(settings, "NO_CHANNEL_TIMEOUT_IN_MS", 600_000),
                milliseconds(settings, "HEARTH_REALTIME_GATHER", 10));
    }

    private static int positive(Settings settings, String name, int fallback) {
        return settings.integer(name, fallback, 1, 10_000_000);
    }

    private static Duration milliseconds(Settings settings, String name, long fallback) {
        return settings.duration(name, Duration.ofMillis(fallback), MILLISECOND);
    }
}
