package dev.hearth.database;

import dev.hearth.observe.Observer;
import dev.hearth.problem.Refusal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The thread that starts the embedded PostgreSQL again when its main process ends without being
/// asked to: killed, or out of memory.
///
/// The first attempt comes at once, each later one after a pause that doubles; a server that comes
/// up and soon ends again counts as an attempt that failed. It never gives up, since what stands in
/// the way (a full disk, a taken port) may go by itself, but from the fourth failure on the event
/// is an error: somebody must act.
///
/// It looks rather than waits: PostgreSQL is no child of this process, and one that nobody reaps
/// stays in the process table, where waiting for its end would wait for ever.
final class PostmasterWatch implements Runnable, AutoCloseable {
    /// Between attempts.
    static final Pauses PAUSES = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration STABLE = Duration.ofMinutes(1);

    private final EmbeddedPostgres postgres;
    private final Observer observer;
    private final Pauses pauses;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("postgres-watch").unstarted(this);

    private long upNanos = System.nanoTime() - STABLE.toNanos();
    private int failures;

    PostmasterWatch(EmbeddedPostgres postgres, Observer observer, Pauses pauses) {
        this.postgres = postgres;
        this.observer = observer;
        this.pauses = pauses;
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (!closedWithin(LOOK_EVERY)) {
                if (postgres.isMissing()) {
                    revive();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void revive() throws InterruptedException {
        long missedNanos = System.nanoTime();
        observer.tell(new DatabaseEvent.PostgresDied());
        failures = missedNanos - upNanos < STABLE.toNanos() ? failures + 1 : 0;
        while (failures == 0 || !closedWithin(pauses.after(failures))) {
            try {
                if (postgres.revive()) {
                    upNanos = System.nanoTime();
                    observer.tell(
                            new DatabaseEvent.PostgresRevived(
                                    postgres.pid(), Duration.ofNanos(upNanos - missedNanos)));
                }
                return;
            } catch (RuntimeException e) {
                failures++;
                observer.tell(
                        new DatabaseEvent.PostgresNotRevived(
                                failures, reason(e), pauses.after(failures)));
            }
        }
    }

    private static String reason(RuntimeException failure) {
        var words =
                failure instanceof Refusal refusal
                        ? refusal.problem().message()
                        : failure.toString();
        return words.strip().replaceAll("\\s*\\R\\s*", " | ");
    }

    private boolean closedWithin(Duration time) throws InterruptedException {
        return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Returns when no attempt runs any more and none will come.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
