package dev.hearth.clients.sdk;

import dev.hearth.client.time.SystemTimers;
import dev.hearth.client.time.Timers;

import java.time.Duration;
import java.time.Instant;

/// A machine whose clock on the wall is wrong, or which slept.
final class ShiftedTimers implements Timers, AutoCloseable {

    private final Timers machine = new SystemTimers();
    private volatile Duration shift;

    ShiftedTimers(Duration shift) {
        this.shift = shift;
    }

    /// The clock on the wall goes on, and nothing else, as it does while a machine sleeps.
    void sleep(Duration slept) {
        shift = shift.plus(slept);
    }

    @Override
    public Instant now() {
        return machine.now().plus(shift);
    }

    @Override
    public long nanos() {
        return machine.nanos();
    }

    @Override
    public Alarm after(Duration delay, Runnable ring) {
        return machine.after(delay, ring);
    }

    @Override
    public void close() {
        machine.close();
    }
}
