package dev.hearth.client.auth;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Who hears of changes. Each listener has a queue of its own: it hears one thing at a time, in
/// order, on the client's threads, and neither its slowness nor its errors reach anybody else.
///
/// Changes are put into the queues under the lock of [CurrentSession], so that all hear them in the
/// order in which they happened, and handed out without it.
final class Listeners {

    private static final System.Logger LOG = System.getLogger("dev.hearth.client.auth");

    private final Executor executor;
    private final List<Listener> all = new CopyOnWriteArrayList<>();

    Listeners(Executor executor) {
        this.executor = executor;
    }

    /// @param first what it hears before everything else, found out when its turn comes
    Subscription add(Consumer<AuthStateChange> hears, Optional<Supplier<AuthStateChange>> first) {
        var listener = new Listener(hears);
        first.ifPresent(listener.waiting::add);
        all.add(listener);
        return listener;
    }

    void put(AuthStateChange change) {
        all.forEach(listener -> listener.put(() -> change));
    }

    void handOut() {
        all.forEach(Listener::start);
    }

    void close() {
        all.forEach(Listener::close);
    }

    private final class Listener implements Subscription {

        private final Consumer<AuthStateChange> hears;
        private final Object queue = new Object();
        private final ArrayDeque<Supplier<AuthStateChange>> waiting = new ArrayDeque<>();
        private boolean running;
        private volatile boolean closed;

        Listener(Consumer<AuthStateChange> hears) {
            this.hears = hears;
        }

        void put(Supplier<AuthStateChange> change) {
            synchronized (queue) {
                waiting.add(change);
            }
        }

        void start() {
            synchronized (queue) {
                if (running || waiting.isEmpty()) {
                    return;
                }
                running = true;
            }
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException clientClosed) {
                close();
            }
        }

        private void run() {
            while (true) {
                Supplier<AuthStateChange> next;
                synchronized (queue) {
                    next = waiting.poll();
                    if (next == null) {
                        running = false;
                        return;
                    }
                }
                tell(next);
            }
        }

        private void tell(Supplier<AuthStateChange> change) {
            if (closed) {
                return;
            }
            try {
                hears.accept(change.get());
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "a listener of auth state changes threw", e);
            }
        }

        @Override
        public void close() {
            closed = true;
            all.remove(this);
            synchronized (queue) {
                waiting.clear();
            }
        }
    }
}
