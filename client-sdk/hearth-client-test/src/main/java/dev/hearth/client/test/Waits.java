package dev.hearth.client.test;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Waiting for what comes by a queue.
final class Waits {

    private Waits() {}

    /// The next one.
    ///
    /// @param failure what to say when none comes
    /// @throws AssertionError when none comes in time, or the thread is interrupted
    static <T> T take(BlockingQueue<T> queue, Duration patience, String failure) {
        T next;
        try {
            next = queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(failure + ": the thread was interrupted", e);
        }
        if (next == null) {
            throw new AssertionError(failure + " within " + patience.toMillis() + " ms");
        }
        return next;
    }
}
