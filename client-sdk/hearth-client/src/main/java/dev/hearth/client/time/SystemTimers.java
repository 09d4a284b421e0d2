package dev.hearth.client.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The machine's clock, and one daemon thread that rings.
public final class SystemTimers implements Timers {

    private final ScheduledThreadPoolExecutor bell;

    /// Its thread starts with the first alarm.
    public SystemTimers() {
        bell =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            var thread = new Thread(task, "hearth-client-timer");
                            thread.setDaemon(true);
                            return thread;
                        });
        bell.setRemoveOnCancelPolicy(true);
        bell.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Alarm after(Duration delay, Runnable ring) {
        try {
            Future<?> alarm = bell.schedule(ring, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> alarm.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public void close() {
        bell.shutdownNow();
    }
}
