package dev.hearth.client.internal;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/// Lets one thread stop the request that another waits for. Safe for any thread.
public final class Cancellation {

    private static final ThreadLocal<@Nullable Cancellation> CURRENT = new ThreadLocal<>();

    private @Nullable Runnable stop;
    private boolean cancelled;

    /// The one that this thread's call is under, if any.
    public static @Nullable Cancellation current() {
        return CURRENT.get();
    }

    /// Makes a call that is not this thread's alone: to cancel what the thread does leaves it.
    public static <T> T shielded(Supplier<T> call) {
        Cancellation outer = CURRENT.get();
        CURRENT.remove();
        try {
            return call.get();
        } finally {
            CURRENT.set(outer);
        }
    }

    /// Runs something under this.
    void during(Runnable task) {
        CURRENT.set(this);
        try {
            task.run();
        } finally {
            CURRENT.remove();
        }
    }

    /// What stops the request that begins now; it is stopped at once when that was asked for
    /// before.
    public void stopsBy(Runnable stop) {
        boolean late;
        synchronized (this) {
            this.stop = stop;
            late = cancelled;
        }
        if (late) {
            stop.run();
        }
    }

    /// The request is over.
    public synchronized void done() {
        stop = null;
    }

    /// Whether it was cancelled.
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    void cancel() {
        Runnable stopping;
        synchronized (this) {
            cancelled = true;
            stopping = stop;
        }
        if (stopping != null) {
            stopping.run();
        }
    }
}
