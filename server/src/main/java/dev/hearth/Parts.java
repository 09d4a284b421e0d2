package dev.hearth;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/// What was started, to be closed in the opposite order, once. One that does not stop keeps none of
/// the others from stopping.
final class Parts implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        lock.lock();
        try {
            started.push(part);
            return part;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            @Nullable RuntimeException failure = null;
            while (!started.isEmpty()) {
                try {
                    started.pop().close();
                } catch (Exception e) {
                    failure =
                            failure == null
                                    ? new IllegalStateException("a part did not stop", e)
                                    : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }
}
