package dev.hearth.client.test;

import dev.hearth.client.time.Timers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Time that stands still until a test moves it. Safe for any thread.
///
/// ```java
/// var time = new ManualTimers();
/// var client = SupabaseClient.builder(url, key).timers(time).build();
/// time.pass(Duration.ofMinutes(59));   // rings, on this thread, what became due
/// ```
///
/// Alarms ring in the order of their times, on the thread that moves the time, and see the time
/// that they were set for; one that sets another is followed by it, if that falls due as well.
public final class ManualTimers implements Timers {

    /// @param number tells two alarms apart that are otherwise equal
    private record Due(long nanos, long number, Runnable ring) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Due> alarms = new ArrayList<>();
    private Instant wall;
    private long nanos;
    private long numbers;
    private boolean closed;

    /// At the beginning of 2026.
    public ManualTimers() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /// At a time of one's own.
    public ManualTimers(Instant now) {
        wall = Objects.requireNonNull(now);
    }

    @Override
    public Instant now() {
        lock.lock();
        try {
            return wall;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long nanos() {
        lock.lock();
        try {
            return nanos;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Alarm after(Duration delay, Runnable ring) {
        Objects.requireNonNull(ring);
        lock.lock();
        try {
            var due = new Due(nanos + Math.max(0, delay.toNanos()), ++numbers, ring);
            if (!closed) {
                alarms.add(due);
            }
            return () -> cancel(due);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Due due) {
        lock.lock();
        try {
            alarms.remove(due);
        } finally {
            lock.unlock();
        }
    }

    /// Lets time go by, and rings what falls due meanwhile.
    ///
    /// @throws IllegalArgumentException when it is negative
    public void pass(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(
                    "time does not go back: " + time + "; setWall turns the clock on the wall");
        }
        long end = nanos() + time.toNanos();
        Optional<Due> next = takeUntil(end);
        while (next.isPresent()) {
            next.get().ring().run();
            next = takeUntil(end);
        }
    }

    /// Lets time go by until the next alarm, and rings it.
    ///
    /// @return whether there was one
    public boolean passToNext() {
        Optional<Duration> wait = untilNext();
        wait.ifPresent(this::pass);
        return wait.isPresent();
    }

    /// How long it is until the next alarm.
    public Optional<Duration> untilNext() {
        lock.lock();
        try {
            return alarms.stream()
                    .min(Comparator.comparingLong(Due::nanos))
                    .map(due -> Duration.ofNanos(due.nanos() - nanos));
        } finally {
            lock.unlock();
        }
    }

    /// Turns the clock on the wall, as a person or a laptop that slept does: [#nanos] and the
    /// alarms do not notice.
    public void setWall(Instant now) {
        Objects.requireNonNull(now);
        lock.lock();
        try {
            wall = now;
        } finally {
            lock.unlock();
        }
    }

    /// How many alarms are set: what a test of `close()` wants to be zero.
    public int alarms() {
        lock.lock();
        try {
            return alarms.size();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Due> takeUntil(long end) {
        lock.lock();
        try {
            Optional<Due> next =
                    alarms.stream()
                            .filter(due -> due.nanos() <= end)
                            .min(Comparator.comparingLong(Due::nanos));
            next.ifPresent(alarms::remove);
            long to = next.map(Due::nanos).orElse(end);
            if (to > nanos) {
                wall = wall.plusNanos(to - nanos);
                nanos = to;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /// Rings no more; also what is set later.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            alarms.clear();
        } finally {
            lock.unlock();
        }
    }
}
