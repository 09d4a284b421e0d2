package dev.hearth.client.realtime;

import java.time.Duration;
import java.util.OptionalInt;

/// By which the socket lives.
///
/// @param heartbeat how often, and how long an answer may take
/// @param timeout for opening
/// @param limit of failed tries in a row
record Rules(Duration heartbeat, Duration timeout, Ladder ladder, OptionalInt limit) {

    /// A socket that held as long was a good one: tries are counted anew.
    static final Duration STABLE = Duration.ofSeconds(30);

    private static final int PULSES = 5;

    static Rules of(RealtimeOptions options) {
        return new Rules(
                options.heartbeatInterval(),
                options.timeout(),
                new Ladder(options.reconnectAfter()),
                options.maxReconnects());
    }

    /// How often it is looked whether the machine slept: more often than a heartbeat is sent, so
    /// that a laptop that wakes up is not deaf for long.
    Duration pulse() {
        return heartbeat.dividedBy(PULSES);
    }

    /// Whether between two pulses the machine slept. While it does, the clock on the wall goes on;
    /// the other one stands still on some systems, and on others goes on too.
    boolean slept(Duration wall, Duration steady) {
        return wall.minus(steady).compareTo(heartbeat) > 0
                || steady.compareTo(heartbeat.multipliedBy(2)) > 0;
    }
}
