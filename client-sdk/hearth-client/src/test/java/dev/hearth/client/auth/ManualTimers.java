package dev.hearth.client.auth;

import dev.hearth.client.time.Timers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Time in a test's own hands.
final class ManualTimers implements Timers {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private record Set(long at, Runnable ring) {}

    private final List<Set> alarms = new ArrayList<>();
    private Instant wall = START;
    private long nanos;

    @Override
    public synchronized Instant now() {
        return wall;
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Alarm after(Duration delay, Runnable ring) {
        Set alarm = new Set(nanos + delay.toNanos(), ring);
        alarms.add(alarm);
        return () -> remove(alarm);
    }

    private synchronized void remove(Set alarm) {
        alarms.remove(alarm);
    }

    synchronized int alarms() {
        return alarms.size();
    }

    /// Lets time pass, and rings what is due, in order.
    void pass(Duration duration) {
        long end = nanos() + duration.toNanos();
        for (Optional<Set> next = next(end); next.isPresent(); next = next(end)) {
            next.get().ring.run();
        }
        synchronized (this) {
            wall = wall.plusNanos(end - nanos);
            nanos = end;
        }
    }

    private synchronized Optional<Set> next(long end) {
        Optional<Set> next =
                alarms.stream()
                        .filter(alarm -> alarm.at <= end)
                        .min(Comparator.comparingLong(Set::at));
        next.ifPresent(
                alarm -> {
                    alarms.remove(alarm);
                    wall = wall.plusNanos(Math.max(0, alarm.at - nanos));
                    nanos = Math.max(nanos, alarm.at);
                });
        return next;
    }

    /// The machine sleeps: the clock on the wall goes on, alarms do not.
    synchronized void sleep(Duration duration) {
        wall = wall.plus(duration);
    }

    @Override
    public synchronized void close() {
        alarms.clear();
    }
}
