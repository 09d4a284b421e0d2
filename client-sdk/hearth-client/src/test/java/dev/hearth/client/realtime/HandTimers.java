package dev.hearth.client.realtime;

import dev.hearth.client.time.Timers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Time that goes on when a test says so.
final class HandTimers implements Timers {

    private record Set(long at, Runnable ring) {}

    private final List<Set> alarms = new ArrayList<>();
    private Instant wall = Instant.parse("2026-01-01T00:00:00Z");
    private long nanos = 1;

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
        var set = new Set(nanos + delay.toNanos(), ring);
        alarms.add(set);
        return () -> cancel(set);
    }

    private synchronized void cancel(Set set) {
        alarms.remove(set);
    }

    @Override
    public synchronized void close() {
        alarms.clear();
    }

    synchronized int waiting() {
        return alarms.size();
    }

    /// The clock on the wall goes on, and nothing else.
    synchronized void sleep(Duration duration) {
        wall = wall.plus(duration);
    }

    /// Time goes on; alarms ring when theirs has come.
    void pass(Duration duration) {
        long end = nanos() + duration.toNanos();
        while (true) {
            Optional<Set> next = take(end);
            if (next.isEmpty()) {
                break;
            }
            next.get().ring().run();
        }
        move(end);
    }

    private synchronized Optional<Set> take(long end) {
        Optional<Set> next =
                alarms.stream()
                        .filter(set -> set.at() <= end)
                        .min(Comparator.comparingLong(Set::at));
        next.ifPresent(
                set -> {
                    alarms.remove(set);
                    move(Math.max(set.at(), nanos));
                });
        return next;
    }

    private synchronized void move(long to) {
        wall = wall.plusNanos(to - nanos);
        nanos = to;
    }
}
