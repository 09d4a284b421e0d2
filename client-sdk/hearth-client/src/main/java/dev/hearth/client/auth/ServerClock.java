package dev.hearth.client.auth;

import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.time.Timers;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// What the clock at the server says, as told by the `Date` of its answers. Safe for any thread.
///
/// Two clocks of this machine carry it on from the last answer, and the later counts: the one on
/// the wall goes on while the machine sleeps, the other cannot be set back.
final class ServerClock {

    /// An answer that took longer says too little about when the server wrote its date.
    static final Duration LONGEST_ROUND_TRIP = Duration.ofSeconds(30);

    /// Dates of HTTP have whole seconds, cut off.
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private record Sample(Instant server, Instant wall, long nanos) {}

    private final Timers timers;
    private volatile Sample sample;

    ServerClock(Timers timers) {
        this.timers = timers;
        sample = new Sample(timers.now(), timers.now(), timers.nanos());
    }

    Instant now() {
        Sample last = sample;
        Instant byWall = last.server.plus(Duration.between(last.wall, timers.now()));
        Instant byNanos = last.server.plusNanos(timers.nanos() - last.nanos);
        return byWall.isAfter(byNanos) ? byWall : byNanos;
    }

    /// Takes the time out of an answer.
    ///
    /// @param sentAt [Timers#nanos] when the request went out
    void read(HttpAnswer answer, long sentAt) {
        long now = timers.nanos();
        Duration halfWay = Duration.ofNanos(now - sentAt).dividedBy(2);
        if (halfWay.multipliedBy(2).compareTo(LONGEST_ROUND_TRIP) > 0
                || answer.header("age").isPresent()) {
            return;
        }
        answer.header("date").ifPresent(date -> set(date, halfWay, now));
    }

    private void set(String date, Duration halfWay, long now) {
        try {
            Instant server =
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            sample = new Sample(server.plus(HALF_A_SECOND).plus(halfWay), timers.now(), now);
        } catch (DateTimeException notADate) {
            return;
        }
    }
}
