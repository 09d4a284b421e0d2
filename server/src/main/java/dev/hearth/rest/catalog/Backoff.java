package dev.hearth.rest.catalog;

import java.time.Duration;

/// Pauses between attempts, each twice the one before, up to 32 seconds as upstream's. For one
/// thread.
final class Backoff {

    static final Duration LONGEST = Duration.ofSeconds(32);
    private static final Duration FIRST = Duration.ofMillis(250);

    private Duration next = FIRST;

    /// The pause before the next attempt.
    Duration next() {
        Duration pause = next;
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
        return pause;
    }

    /// An attempt has succeeded.
    void reset() {
        next = FIRST;
    }
}
