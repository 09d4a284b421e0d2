package dev.hearth.client.auth;

import dev.hearth.client.time.Timers;
import dev.hearth.client.time.Timers.Alarm;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// The one alarm of a client that rings when its session may have to be refreshed. Used under the
/// lock of [CurrentSession].
final class RefreshAlarm {

    /// How often the clock on the wall is looked at, since alarms stand still while the machine
    /// sleeps.
    static final Duration LONGEST_NAP = Duration.ofSeconds(30);

    /// The earliest that it rings, lest a server that gives sessions without life is asked without
    /// end.
    private static final Duration SHORTEST_NAP = Duration.ofSeconds(1);

    private final Timers timers;
    private final Runnable ring;
    private @Nullable Alarm alarm;

    RefreshAlarm(Timers timers, Runnable ring) {
        this.timers = timers;
        this.ring = ring;
    }

    void set(Duration left) {
        cancel();
        alarm = timers.after(nap(left), ring);
    }

    private static Duration nap(Duration left) {
        if (left.compareTo(LONGEST_NAP) > 0) {
            return LONGEST_NAP;
        }
        return left.compareTo(SHORTEST_NAP) < 0 ? SHORTEST_NAP : left;
    }

    void cancel() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }
}
