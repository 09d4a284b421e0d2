package dev.hearth.client.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Time that stands still until a test moves it. Safe for any thread.
///
/// ```java
/// var timers = new HandMovedTimers();
/// timers.pass(Duration.ofSeconds(2)); // rings what is due by then, on this thread
/// timers.sleep(Duration.ofHours(1));  // as a machine does: only the clock on the wall goes on
/// ```
public final class HandMovedTimers implements Timers {

    /// What the clock on the wall says at first.
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Set(long at, Runnable ring) {}

    private final List<Set> alarms = new ArrayList<>();
    private Instant wall = START;
    // As that of the machine, it begins nowhere in particular.
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
        var alarm = new Set(nanos + delay.toNanos(), ring);
        alarms.add(alarm);
        return () -> forget(alarm);
    }

    private synchronized void forget(Set alarm) {
        alarms.removeIf(set -> set == alarm);
    }

    @Override
    public synchronized void close() {
        alarms.clear();
    }

    /// Time goes on. What is due by then rings on this thread, each alarm at its time and in order,
    /// those among them that were set by an alarm before.
    public void pass(Duration duration) {
        long end = nanos() + duration.toNanos();
        for (Optional<Set> due = due(end); due.isPresent(); due = due(end)) {
            due.get().ring().run();
        }
        move(end);
    }

    private synchronized Optional<Set> due(long end) {
        Optional<Set> next =
                alarms.stream()
                        .filter(alarm -> alarm.at() <= end)
                        .min(Comparator.comparingLong(Set::at));
        next.ifPresent(
                alarm -> {
                    forget(alarm);
                    move(alarm.at());
                });
        return next;
    }

    private synchronized void move(long to) {
        if (to > nanos) {
            wall = wall.plusNanos(to - nanos);
            nanos = to;
        }
    }

    /// The machine sleeps: the clock on the wall goes on, alarms do not.
    public synchronized void sleep(Duration duration) {
        wall = wall.plus(duration);
    }

    /// How long until each alarm that is set, soonest first.
    public synchronized List<Duration> waiting() {
        return alarms.stream().map(alarm -> Duration.ofNanos(alarm.at() - nanos)).sorted().toList();
    }
}
