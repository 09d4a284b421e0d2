package dev.hearth.client.realtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// What one channel's handlers have still to see, in order, one at a time, on the program's
/// executor. Safe for any thread; who offers never waits. Messages are bounded; what must be told
/// (that a channel is subscribed, that it ended) is not.
final class Lane {

    private static final int TURN = 256;

    /// Hears that more came than there is room for.
    interface Overflow {
        /// For the first time since the handlers had caught up.
        void began(int queued);

        /// One more was dropped.
        void dropped();

        /// What was dropped is to be fetched; told on the lane, where the first of it was: whoever
        /// fetches what is newer than the last message seen gets it all.
        void missed();

        /// The executor takes nothing.
        ///
        /// @param again to be done later
        /// @return false when there is no later, and what waits is given up
        boolean refused(Runnable again);
    }

    private final Object lock = new Object();
    private final Executor executor;
    private final int limit;
    private final OverflowPolicy policy;
    private final Overflow overflow;
    private final Consumer<Throwable> thrown;
    private final Deque<Runnable> queue = new ArrayDeque<>(4);
    private int messages;
    private boolean running;
    private boolean overflowing;

    /// Messages that were taken so far, and how many of them are fetched if they are dropped now.
    private long taken;

    private long fetched;
    private boolean fetchDue;

    /// What may be dropped.
    interface Message extends Runnable {}

    Lane(
            Executor executor,
            int limit,
            OverflowPolicy policy,
            Overflow overflow,
            Consumer<Throwable> thrown) {
        this.executor = executor;
        this.limit = limit;
        this.policy = policy;
        this.overflow = overflow;
        this.thrown = thrown;
    }

    /// A message for the handlers.
    ///
    /// @return false when there was no room and the policy says that the channel has to go
    boolean offer(Message message) {
        boolean full;
        boolean first = false;
        synchronized (lock) {
            full = messages >= limit;
            if (full) {
                first = !overflowing;
                overflowing = true;
                drop();
            }
            if (messages < limit) {
                queue.addLast(message);
                messages++;
                taken++;
            }
        }
        if (first) {
            overflow.began(limit);
        }
        if (full) {
            overflow.dropped();
        }
        start();
        return !full || policy != OverflowPolicy.DISCONNECT;
    }

    private void drop() {
        if (policy == OverflowPolicy.DROP_OLDEST) {
            long oldest = taken - messages;
            dropOldest();
            if (!fetchDue && oldest >= fetched) {
                fetchDue = true;
                queue.addFirst(this::missed);
            }
        } else if (policy == OverflowPolicy.DROP_NEWEST && !fetchDue) {
            fetchDue = true;
            queue.addLast(this::missed);
        }
    }

    private void missed() {
        synchronized (lock) {
            fetchDue = false;
            fetched = taken;
        }
        overflow.missed();
    }

    private void dropOldest() {
        Iterator<Runnable> oldest = queue.iterator();
        while (oldest.hasNext()) {
            if (oldest.next() instanceof Message) {
                oldest.remove();
                messages--;
                return;
            }
        }
    }

    /// What must be told.
    void tell(Runnable notice) {
        synchronized (lock) {
            queue.addLast(notice);
        }
        start();
    }

    /// The messages that wait.
    int queued() {
        synchronized (lock) {
            return messages;
        }
    }

    private void start() {
        synchronized (lock) {
            if (running) {
                return;
            }
            running = true;
        }
        again();
    }

    private void again() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException full) {
            if (!overflow.refused(this::again)) {
                giveUp();
            }
        }
    }

    private void giveUp() {
        synchronized (lock) {
            running = false;
            queue.clear();
            messages = 0;
        }
    }

    private void drain() {
        for (int done = 0; done < TURN; done++) {
            Runnable next;
            synchronized (lock) {
                if (queue.isEmpty()) {
                    overflowing = false;
                    running = false;
                    return;
                }
                next = queue.removeFirst();
                if (next instanceof Message) {
                    messages--;
                }
            }
            try {
                next.run();
            } catch (Throwable t) {
                thrown.accept(t);
            }
        }
        again();
    }
}
