package dev.hearth.client.realtime;

import org.jspecify.annotations.Nullable;

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

    /// Who takes a turn now. A thread asks for itself only, so it sees what it wrote.
    private @Nullable Thread taker;

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

    /// Whether the thread that asks is taking a turn.
    boolean isMine() {
        return Thread.currentThread().equals(taker);
    }

    private void drain() {
        int done = 0;
        do {
            Runnable turn = turns.poll();
            if (turn != null) {
                take(turn);
            }
            done++;
            if (done >= MOST && waiting.get() > 1 && handedOver()) {
                return;
            }
        } while (waiting.decrementAndGet() > 0);
    }

    /// One that throws must not keep those behind it.
    private void take(Runnable turn) {
        taker = Thread.currentThread();
        try {
            turn.run();
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.ERROR, "a turn of the realtime client failed", e);
        }
        taker = null;
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
