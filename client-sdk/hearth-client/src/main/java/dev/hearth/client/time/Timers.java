package dev.hearth.client.time;

import java.time.Duration;
import java.time.Instant;

/// The clock and the alarms that a client lives by. Safe for any thread. Programs leave it alone;
/// tests put time into their own hands.
public interface Timers {

    /// An alarm that is set.
    @FunctionalInterface
    interface Alarm {
        /// It shall not ring any more; nothing, if it has rung.
        void cancel();
    }

    /// What the clock on the wall says; it may jump.
    Instant now();

    /// A clock that only goes forward, from a point of its own, in nanoseconds.
    long nanos();

    /// Rings once.
    ///
    /// @param ring is short and never blocks
    Alarm after(Duration delay, Runnable ring);

    /// Rings no more, and ends the thread that rang.
    void close();
}
