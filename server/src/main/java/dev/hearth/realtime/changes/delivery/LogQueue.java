package dev.hearth.realtime.changes.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Between the reader and the delivery thread: bounded in items and in bytes, so that a huge
/// transaction makes the reader wait instead of filling the memory. One item always fits.
final class LogQueue {

    private static final int MOST_ITEMS = 1_000;
    private static final long MOST_BYTES = 16L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition items = lock.newCondition();
    private final ArrayDeque<LogItem> queue = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    /// Adds behind the others; waits for room. After the end nothing is kept.
    void put(LogItem item) {
        long weight = item.bytes();
        lock.lock();
        try {
            while (!closed && !queue.isEmpty() && isFull(weight)) {
                room.awaitUninterruptibly();
            }
            if (!closed) {
                queue.add(item);
                bytes += weight;
                items.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(long weight) {
        return queue.size() >= MOST_ITEMS || bytes + weight > MOST_BYTES;
    }

    /// Moves what is there, at most so many; waits for the first one no longer than given.
    void drain(Collection<? super LogItem> into, int most, Duration wait)
            throws InterruptedException {
        lock.lock();
        try {
            long nanos = wait.toNanos();
            while (queue.isEmpty() && !closed && nanos > 0) {
                nanos = items.awaitNanos(nanos);
            }
            for (int i = 0; i < most && !queue.isEmpty(); i++) {
                LogItem item = queue.remove();
                bytes -= item.bytes();
                into.add(item);
            }
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Ends it: nobody waits any more.
    void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            room.signalAll();
            items.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
