package dev.hearth;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

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

    /// Opens a part on a thread of its own. It has its place in the order of closing from now on: a
    /// close that comes before it is open waits for it.
    ///
    /// @return waits for the part, and throws what opening it threw
    <T extends AutoCloseable> Supplier<T> begin(String thread, Supplier<T> opening) {
        var begun =
                CompletableFuture.supplyAsync(
                        opening, Thread.ofPlatform().daemon().name(thread)::start);
        add(() -> closeOnceOpen(begun));
        return () -> opened(begun);
    }

    private static <T extends AutoCloseable> T opened(CompletableFuture<T> begun) {
        try {
            return begun.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void closeOnceOpen(CompletableFuture<? extends AutoCloseable> begun)
            throws Exception {
        begun.handle((_, _) -> true).join();
        if (!begun.isCompletedExceptionally()) {
            begun.join().close();
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
