package dev.hearth.database;

import java.time.Duration;

/// The pauses between attempts to reach or to start a database, each twice the one before.
///
/// @param first after the first failure
/// @param longest where doubling ends
public record Pauses(Duration first, Duration longest) {

    /// Before the attempt that follows so many failures, from 1.
    public Duration after(int failures) {
        Duration pause = first;
        for (int failure = 1; failure < failures && pause.compareTo(longest) < 0; failure++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
