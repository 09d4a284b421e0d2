package dev.hearth.client.realtime;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;

/// How long to wait before the n-th try: 1, 2, 5, then 10 s as realtime-js does, each up to 20 %
/// shorter or longer, so that the clients of a server that restarts do not come all at once.
///
/// @param own the program's delays, taken as they are; null for ours, which also serve where the
///   program's throws or gives none
record Ladder(@Nullable IntFunction<Duration> own) {

    private static final System.Logger LOG = System.getLogger("dev.hearth.client.realtime");
    private static final List<Long> MILLIS = List.of(1000L, 2000L, 5000L, 10_000L);
    private static final double JITTER = 0.2;

    Duration delay(int tries, double dice) {
        @Nullable Duration said = said(tries);
        if (said != null) {
            return said;
        }
        long base = MILLIS.get(Math.max(0, Math.min(tries, MILLIS.size()) - 1));
        return Duration.ofMillis(Math.round(base * (1 - JITTER + 2 * JITTER * dice)));
    }

    private @Nullable Duration said(int tries) {
        if (own == null) {
            return null;
        }
        try {
            @Nullable Duration said = own.apply(tries);
            return said == null || said.isNegative() ? null : said;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "reconnectAfter threw", e);
            return null;
        }
    }
}
