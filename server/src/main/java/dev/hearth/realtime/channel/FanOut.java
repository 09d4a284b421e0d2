package dev.hearth.realtime.channel;

import dev.hearth.exchange.SocketFrames;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// The threads that write what was gathered for busy outlets. Each sleeps until an outlet calls,
/// lets messages gather for one tick, then visits every outlet that called, once. Outlets that wait
/// for the same messages get the same buffer.
///
/// The tick grows up to threefold while the visits take most of it, so that under load more
/// messages share a write.
final class FanOut implements AutoCloseable {

    private static final int LONGEST = 3;

    private final Stripe[] stripes;
    private final long gatherNanos;
    private final Pace pace;

    /// @param threads how many
    /// @param gather the tick
    FanOut(int threads, Duration gather) {
        gatherNanos = gather.toNanos();
        pace = new Pace(gather, System.nanoTime());
        stripes = new Stripe[threads];
        for (int i = 0; i < threads; i++) {
            stripes[i] = new Stripe(gatherNanos);
            Thread.ofPlatform().daemon().name("hearth-fan-out-" + i).start(stripes[i]);
        }
    }

    /// How long messages gather.
    long gatherNanos() {
        return gatherNanos;
    }

    /// How busy all outlets are together.
    Pace pace() {
        return pace;
    }

    /// The stripe that visits an outlet, all its life, so that its order is kept.
    Stripe stripe(int number) {
        return stripes[Math.floorMod(number, stripes.length)];
    }

    @Override
    public void close() {
        for (Stripe stripe : stripes) {
            stripe.stop();
        }
    }

    /// One thread and the outlets that called it.
    static final class Stripe implements Runnable {

        private final long gatherNanos;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition called = lock.newCondition();
        private List<Outlet> callers = new ArrayList<>();
        private boolean stopped;

        Stripe(long gatherNanos) {
            this.gatherNanos = gatherNanos;
        }

        void call(Outlet outlet) {
            lock.lock();
            try {
                callers.add(outlet);
                if (callers.size() == 1) {
                    called.signal();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void run() {
            long tick = gatherNanos;
            while (awaitCall()) {
                LockSupport.parkNanos(tick);
                long start = System.nanoTime();
                visit(take());
                long took = System.nanoTime() - start;
                tick = Math.clamp(LONGEST * took, gatherNanos, LONGEST * gatherNanos);
            }
        }

        private boolean awaitCall() {
            lock.lock();
            try {
                while (callers.isEmpty() && !stopped) {
                    called.awaitUninterruptibly();
                }
                return !stopped;
            } finally {
                lock.unlock();
            }
        }

        private List<Outlet> take() {
            lock.lock();
            try {
                List<Outlet> taken = callers;
                callers = new ArrayList<>(taken.size());
                return taken;
            } finally {
                lock.unlock();
            }
        }

        private void visit(List<Outlet> outlets) {
            var shared = new Shared();
            for (Outlet outlet : outlets) {
                outlet.flush(shared);
            }
        }

        void stop() {
            lock.lock();
            try {
                stopped = true;
                called.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /// The buffers of one tick, by the messages in them (which compare by identity).
    static final class Shared {
        private final Map<List<SocketFrames>, SocketFrames> buffers = new HashMap<>();
        private List<SocketFrames> last = List.of();
        private SocketFrames buffer = SocketFrames.text(new byte[0]);

        /// @param frames not changed afterwards
        SocketFrames joined(List<SocketFrames> frames) {
            // Nearly always the same as for the receiver before.
            if (!frames.equals(last)) {
                buffer = buffers.computeIfAbsent(frames, SocketFrames::joined);
                last = frames;
            }
            return buffer;
        }
    }
}
