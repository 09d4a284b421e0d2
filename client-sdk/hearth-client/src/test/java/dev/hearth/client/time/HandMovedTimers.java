package dev.hearth.client.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Time that stands still until a test moves it.
public final class HandMovedTimers implements Timers {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Set> alarms = new ArrayList<>();
    private Duration passed = Duration.ZERO;

    private record Set(Duration at, Runnable ring) {}

    @Override
    public synchronized Instant now() {
        return START.plus(passed);
    }

    @Override
    public synchronized long nanos() {
        return passed.toNanos();
    }

    @Override
    public synchronized Alarm after(Duration delay, Runnable ring) {
        var alarm = new Set(passed.plus(delay), ring);
        alarms.add(alarm);
        return () -> forget(alarm);
    }

    private synchronized void forget(Set alarm) {
        alarms.remove(alarm);
    }

    @Override
    public synchronized void close() {
        alarms.clear();
    }

    /// Moves time, and rings on this thread what is due, in order.
    public void advance(Duration by) {
        List<Set> due;
        synchronized (this) {
            passed = passed.plus(by);
            due = alarms.stream().filter(alarm -> alarm.at().compareTo(passed) <= 0).toList();
            alarms.removeAll(due);
        }
        due.stream().sorted(Comparator.comparing(Set::at)).forEach(alarm -> alarm.ring().run());
    }

    /// How long until each alarm that is set, soonest first.
    public synchronized List<Duration> waiting() {
        return alarms.stream().map(alarm -> alarm.at().minus(passed)).sorted().toList();
    }
}
