package dev.hearth.client.auth;

import dev.hearth.client.time.Timers;

import java.time.Duration;

/// How often a refresh has failed in a row, and when last. Used under the lock of [CurrentSession].
final class Attempts {

    private final Timers timers;
    private int failures;
    private long failedAt;

    Attempts(Timers timers) {
        this.timers = timers;
    }

    void failed() {
        failures++;
        failedAt = timers.nanos();
    }

    void startAnew() {
        failures = 0;
    }

    /// Whether the pause between two tries is not over.
    boolean arePausing() {
        return isWithin(Refresh.pause(failures));
    }

    /// Whether the last failure is so young that a call without a valid token may fail by it.
    boolean justFailed() {
        return isWithin(Refresh.BREATH);
    }

    private boolean isWithin(Duration pause) {
        return failures > 0 && sinceFailure().compareTo(pause) < 0;
    }

    private Duration sinceFailure() {
        return Duration.ofNanos(timers.nanos() - failedAt);
    }

    /// How long until the next try.
    ///
    /// @param otherwise when none has failed
    Duration untilNext(Duration otherwise) {
        return failures == 0 ? otherwise : Refresh.pause(failures).minus(sinceFailure());
    }
}
