package dev.hearth.client.realtime;

import dev.hearth.client.error.RequestCancelledException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.time.Timers;
import dev.hearth.client.time.Timers.Alarm;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// The border between turns and everything else: calls and alarms come in as turns, results go out
/// to the program's threads. Safe for any thread.
final class Turns {

    /// How long an executor that is full is left alone.
    static final Duration FULL = Duration.ofMillis(100);

    private final Serial serial;
    private final Executor executor;
    private final Timers timers;
    private volatile boolean over;

    Turns(Backend backend) {
        executor = backend.tasks().executor();
        serial = new Serial(executor);
        timers = backend.timers();
    }

    /// Where the program's code runs.
    Executor executor() {
        return executor;
    }

    /// Has something done in a turn.
    void run(Runnable turn) {
        serial.run(turn);
    }

    /// Rings in a turn.
    Alarm after(Duration delay, Runnable ring) {
        var alarmed = new RingOnce(ring);
        Alarm set = timers.after(delay, () -> serial.run(alarmed));
        return () -> {
            alarmed.cancelled = true;
            set.cancel();
        };
    }

    /// An alarm that is cancelled in one turn does not ring in a later one.
    private static final class RingOnce implements Runnable {
        private final Runnable ring;
        private volatile boolean cancelled;

        RingOnce(Runnable ring) {
            this.ring = ring;
        }

        @Override
        public void run() {
            if (!cancelled) {
                cancelled = true;
                ring.run();
            }
        }
    }

    /// After the program's executor took nothing: it may be full for the moment.
    ///
    /// @return false when the client is closed, and there is nothing to try again for
    boolean tryAgain(Runnable task) {
        if (over) {
            return false;
        }
        var unused = after(FULL, task);
        return true;
    }

    /// Nothing is tried again from now on.
    void end() {
        over = true;
    }

    /// A future for the program: what it hangs on it never runs in a turn, and to cancel it cancels
    /// the other one.
    <T> CompletableFuture<T> outside(CompletableFuture<T> inside) {
        if (inside.isDone()) {
            return inside;
        }
        var outside = new CompletableFuture<T>();
        var unused = inside.whenComplete((value, thrown) -> tell(outside, value, thrown));
        var unusedToo =
                outside.whenComplete(
                        (value, thrown) -> {
                            if (outside.isCancelled()) {
                                inside.cancel(false);
                            }
                        });
        return outside;
    }

    private <T> void tell(CompletableFuture<T> outside, T value, Throwable thrown) {
        Runnable tell =
                () -> {
                    if (thrown == null) {
                        outside.complete(value);
                    } else {
                        outside.completeExceptionally(thrown);
                    }
                };
        try {
            executor.execute(tell);
        } catch (RejectedExecutionException closing) {
            tell.run();
        }
    }

    /// Waits for what is under way, and throws what it throws.
    ///
    /// @throws IllegalStateException in a turn, which would wait for itself: the program's executor
    ///   runs its tasks where they are given to it
    <T> T await(CompletableFuture<T> future) {
        if (serial.isMine() && !future.isDone()) {
            throw new IllegalStateException(
                    "a handler cannot wait for the socket on the socket's own thread; give the"
                            + " client an executor that has threads of its own, or use the …Async"
                            + " form");
        }
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(true);
            throw new RequestCancelledException("the thread that waited was interrupted", null, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
