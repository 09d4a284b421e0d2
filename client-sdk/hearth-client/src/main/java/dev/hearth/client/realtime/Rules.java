package dev.hearth.client.realtime;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;

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

    /// As long at most a `Retry-After` of the server is followed.
    static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

    /// As long at least it takes until somebody has put right what does not pass by itself, such as
    /// a wrong API key.
    static final Duration AFTER_A_FINAL_REFUSAL = Duration.ofMinutes(1);

    private static final double ON_TOP = 0.2;
    private static final int PULSES = 5;

    static Rules of(RealtimeOptions options) {
        return new Rules(
                options.heartbeatInterval(),
                options.timeout(),
                new Ladder(options.reconnectAfter()),
                options.maxReconnects());
    }

    /// How long to wait before the n-th try. What the server asks for counts also where the program
    /// has said how long; up to 20 % are put on top, since it says the same to all clients.
    Duration delay(int tries, SupabaseException cause, double dice) {
        Duration usual = ladder.delay(tries, dice);
        Duration least = Duration.ZERO;
        if (cause instanceof RealtimeException refused && refused.retryAfter().isPresent()) {
            Duration asked = refused.retryAfter().get();
            long millis = Math.min(asked.toMillis(), LONGEST_RETRY_AFTER.toMillis());
            least = Duration.ofMillis(Math.round(millis * (1 + ON_TOP * dice)));
        } else if (ladder.own() == null && Refusals.isFinal(cause)) {
            least = AFTER_A_FINAL_REFUSAL;
        }
        return longer(usual, least);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
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
