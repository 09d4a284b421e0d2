package dev.hearth.realtime.channel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Whether shared messages leave the server so fast that gathering them pays. A write of its own
/// costs a message some ten microseconds of a core and no wait; a gathered one costs a twentieth of
/// that and waits for the tick. Up to [#CALM_PER_SECOND] the first is the better bargain.
///
/// Counts by ticks. Safe for any thread: a count lost between two of them changes nothing that
/// matters.
final class Pace {

    /// Deliveries a second, to all sockets together, that each deserve a write: a fifth of a core.
    static final int CALM_PER_SECOND = 20_000;

    private final long tickNanos;
    private final int calm;
    private final AtomicLong tickStart;
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean wasBusy;

    /// @param tick how long is counted
    Pace(Duration tick, long nowNanos) {
        tickNanos = tick.toNanos();
        calm = (int) (CALM_PER_SECOND * tickNanos / TimeUnit.SECONDS.toNanos(1));
        tickStart = new AtomicLong(nowNanos);
    }

    /// Counts a delivery.
    ///
    /// @return whether there were too many for a write each, in this tick or in the one before
    boolean busyWithOneMore(long nowNanos) {
        long start = tickStart.get();
        long elapsed = nowNanos - start;
        if (elapsed >= tickNanos && tickStart.compareAndSet(start, nowNanos)) {
            wasBusy = count.getAndSet(0) > calm && elapsed < 2 * tickNanos;
        }
        return count.incrementAndGet() > calm || wasBusy;
    }
}
