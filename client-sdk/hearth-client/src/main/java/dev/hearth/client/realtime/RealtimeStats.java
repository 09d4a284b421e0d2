package dev.hearth.client.realtime;

import java.time.Duration;
import java.util.Optional;

/// Figures of a client since it was made.
///
/// @param framesReceived from the server
/// @param framesSent to the server
/// @param bytesReceived characters of text frames and bytes of binary ones
/// @param reconnects how often the socket was opened again after it was lost
/// @param protocolErrors frames that were none
/// @param queued messages that wait for handlers now, in all channels
/// @param dropped messages that no handler saw
/// @param channels that there are now
/// @param lastRoundTrip of the last heartbeat that was answered
public record RealtimeStats(
        long framesReceived,
        long framesSent,
        long bytesReceived,
        long reconnects,
        long protocolErrors,
        long queued,
        long dropped,
        int channels,
        Optional<Duration> lastRoundTrip) {}
