package dev.hearth.client.auth;

import dev.hearth.client.error.AuthException;
import dev.hearth.client.error.SupabaseException;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// When a session is refreshed, and what a failure means. Pure.
final class Refresh {

    /// How long before its end a session is refreshed.
    static final Duration MARGIN = Duration.ofSeconds(90);

    /// The same for short lives, as a part of the life: at 80 % of it.
    static final int SHORT_LIFE_PARTS = 5;

    /// The longest pause between two tries.
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /// How long after a failed try calls without a valid token fail at once instead of trying.
    static final Duration BREATH = Duration.ofSeconds(2);

    private static final int DOUBLINGS = 6;

    /// Refusals that say nothing about the refresh token.
    private static final Set<Integer> PASSING = Set.of(408, 409, 429);

    private Refresh() {}

    static Instant dueAt(Session session) {
        Instant end = session.expiresAt();
        if (end.equals(Instant.MAX)) {
            return end;
        }
        Duration part = session.expiresIn().dividedBy(SHORT_LIFE_PARTS);
        boolean isShort = part.compareTo(MARGIN) < 0 && !part.isZero();
        return end.minus(isShort ? part : MARGIN);
    }

    /// How long to wait after so many failures in a row: 2, 4, 8 s and so on.
    static Duration pause(int failures) {
        Duration pause = Duration.ofSeconds(1L << Math.min(failures, DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /// Whether the server said no to the refresh token itself: a refusal with a code of its own.
    /// One without is of a gate in front of it, which may have the wrong key.
    static boolean isRefusal(SupabaseException thrown) {
        if (!(thrown instanceof AuthException refusal)) {
            return false;
        }
        int status = refusal.status().orElse(0);
        return status / 100 == 4 && !PASSING.contains(status) && refusal.code().isPresent();
    }
}
