package dev.hearth.client.functions;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.internal.Backend;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Calls a function for each subscriber, and hands it the events that it asks for; the function
/// waits meanwhile, by the window of its connection. Each subscriber has a thread of the client.
record EventPublisher(Backend backend, Supplier<ServerSentEvents> call)
        implements Flow.Publisher<ServerSentEvent> {

    private static final System.Logger LOG = System.getLogger("dev.hearth.client.functions");

    @Override
    public void subscribe(Flow.Subscriber<? super ServerSentEvent> subscriber) {
        var subscription = new Subscription(subscriber, call);
        subscriber.onSubscribe(subscription);
        subscription.startOn(backend);
    }

    private static final class Subscription implements Flow.Subscription {
        private final Flow.Subscriber<? super ServerSentEvent> subscriber;
        private final Supplier<ServerSentEvents> call;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();

        // Under the lock.
        private long wanted;
        private boolean cancelled;
        private @Nullable RuntimeException wrong;
        private @Nullable CompletableFuture<Void> running;
        private @Nullable ServerSentEvents events;

        Subscription(
                Flow.Subscriber<? super ServerSentEvent> subscriber,
                Supplier<ServerSentEvents> call) {
            this.subscriber = subscriber;
            this.call = call;
        }

        void startOn(Backend backend) {
            CompletableFuture<Void> started = backend.run(this::run);
            boolean late;
            lock.lock();
            try {
                running = started;
                late = cancelled;
            } finally {
                lock.unlock();
            }
            if (late) {
                started.cancel(true);
            }
            var unused =
                    started.exceptionally(
                            thrown -> {
                                if (thrown instanceof ClientClosedException && !isCancelled()) {
                                    subscriber.onError(thrown);
                                }
                                return null;
                            });
        }

        private void run() {
            if (isCancelled()) {
                return;
            }
            try (ServerSentEvents opened = call.get()) {
                opened(opened);
                Iterator<ServerSentEvent> iterator = opened.iterator();
                while (iterator.hasNext()) {
                    if (!mayHandOver()) {
                        return;
                    }
                    handOver(iterator.next());
                }
            } catch (RuntimeException e) {
                if (!isCancelled()) {
                    subscriber.onError(e);
                }
                return;
            }
            if (!isCancelled()) {
                subscriber.onComplete();
            }
        }

        private void opened(ServerSentEvents opened) {
            boolean late;
            lock.lock();
            try {
                events = opened;
                late = cancelled;
            } finally {
                lock.unlock();
            }
            if (late) {
                opened.close();
            }
        }

        private boolean mayHandOver() {
            lock.lock();
            try {
                while (wanted == 0 && !cancelled && wrong == null) {
                    changed.await();
                }
                if (wrong != null && !cancelled) {
                    throw wrong;
                }
                wanted = wanted == Long.MAX_VALUE ? wanted : wanted - 1;
                return !cancelled;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClientClosedException();
            } finally {
                lock.unlock();
            }
        }

        private void handOver(ServerSentEvent event) {
            try {
                subscriber.onNext(event);
            } catch (RuntimeException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a subscriber of events threw; it gets no more",
                        e);
                cancel();
            }
        }

        @Override
        public void request(long more) {
            lock.lock();
            try {
                if (more <= 0) {
                    wrong = new IllegalArgumentException("ask for one event at least, not " + more);
                } else {
                    wanted = wanted + more < 0 ? Long.MAX_VALUE : wanted + more;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            @Nullable CompletableFuture<Void> stopping;
            @Nullable ServerSentEvents closing;
            lock.lock();
            try {
                cancelled = true;
                stopping = running;
                closing = events;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            if (closing != null) {
                closing.close();
            }
            if (stopping != null) {
                stopping.cancel(true);
            }
        }

        private boolean isCancelled() {
            lock.lock();
            try {
                return cancelled;
            } finally {
                lock.unlock();
            }
        }
    }
}
