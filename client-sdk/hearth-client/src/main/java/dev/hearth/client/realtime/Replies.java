package dev.hearth.client.realtime;

import dev.hearth.client.time.Timers.Alarm;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// Messages that wait for the server's answer. Used in turns only.
final class Replies {

    private record Expected(Line line, Push push, Alarm alarm) {}

    private final Map<String, Expected> expected = new HashMap<>();
    private final Turns turns;

    Replies(Turns turns) {
        this.turns = turns;
    }

    void expect(Line line, String ref, Push push) {
        Alarm late =
                turns.after(
                        push.patience(),
                        () -> {
                            expected.remove(ref);
                            push.result().complete(SendResult.TIMED_OUT);
                        });
        expected.put(ref, new Expected(line, push, late));
    }

    /// @return whether somebody waited for it
    boolean replied(String ref, boolean ok) {
        @Nullable Expected waiting = expected.remove(ref);
        if (waiting == null) {
            return false;
        }
        waiting.alarm().cancel();
        waiting.push().result().complete(ok ? SendResult.OK : SendResult.ERROR);
        return true;
    }

    /// None will come for this channel.
    void forget(Line line) {
        expected.values()
                .removeIf(
                        waiting -> {
                            boolean its = waiting.line() == line;
                            if (its) {
                                waiting.alarm().cancel();
                                waiting.push().result().complete(SendResult.ERROR);
                            }
                            return its;
                        });
    }
}
