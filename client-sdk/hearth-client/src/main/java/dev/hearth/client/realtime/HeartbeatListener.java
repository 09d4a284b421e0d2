package dev.hearth.client.realtime;

import java.time.Duration;
import java.util.Optional;

/// Hears of heartbeats.
@FunctionalInterface
public interface HeartbeatListener {

    /// @param roundTrip with `OK` and `ERROR`: how long the answer took
    void on(HeartbeatStatus status, Optional<Duration> roundTrip);
}
