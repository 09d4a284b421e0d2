package dev.hearth.client.realtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs turns one at a time, in the order they came. Safe for any thread; nobody ever waits.
///
/// The thread that brings a turn when none is running runs it itself, so that a frame costs no
/// change of threads; it does so for a bounded number of turns and leaves the rest to the executor,
/// so that nobody is kept. A turn that brings another one leaves it behind itself in the queue.
final class Serial {

    private static final System.Logger LOG = System.getLogger("dev.hearth.client.realtime");
    private static final int MOST = 64;

    private final Queue<Runnable> turns = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Executor executor;

    /// @param executor takes over what one thread should not do alone
    Serial(Executor executor) {
        this.executor = executor;
    }

    /// A turn is short, and must neither block nor throw.
    void run(Runnable turn) {
        turns.add(turn);
        if (waiting.getAndIncrement() == 0) {
            drain();
        }
    }

    private void drain() {
        int done = 0;
        do {
            Runnable turn = turns.poll();
            if (turn != null) {
                take(turn);
            }
            done++;
            if (done == MOST && waiting.get() > 1 && handedOver()) {
                return;
            }
        } while (waiting.decrementAndGet() > 0);
    }

    /// One that throws must not keep those behind it.
    private static void take(Runnable turn) {
        try {
            turn.run();
        } catch (Exception | StackOverflowError e) {
            LOG.log(System.Logger.Level.ERROR, "a turn of the realtime client failed", e);
        }
    }

    private boolean handedOver() {
        try {
            executor.execute(this::takenOver);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    private void takenOver() {
        if (waiting.decrementAndGet() > 0) {
            drain();
        }
    }
}
