package dev.hearth.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that stands still until the test moves it, from one thread.
public final class TestClock extends Clock {

    /// Where it stands unless it is told otherwise.
    public static final Instant START = Instant.parse("2026-01-02T03:04:05.123456Z");

    private volatile Instant now;

    /// At [#START].
    public TestClock() {
        this(START);
    }

    /// At another time.
    public TestClock(Instant start) {
        now = start;
    }

    /// Lets time pass.
    public void forward(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
