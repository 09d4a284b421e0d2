package dev.hearth.client.realtime;

import dev.hearth.client.time.Timers;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Channels that wait to be let in, oldest first, and how many of them may go at a time: servers
/// count the joins of a second and close the socket of whoever is over, and thousands of joins at
/// once would fill what the socket has room for. Used in turns only.
final class Joins {

    /// So many go at once.
    static final int BURST = 100;

    /// As long the others wait: 500 in a second, half of what our server takes.
    static final Duration PAUSE = Duration.ofMillis(200);

    private final Set<Line> waiting = new LinkedHashSet<>();
    private final Turns turns;
    private final Timers timers;
    private long since;
    private int gone;
    private boolean resting;

    Joins(Turns turns, Timers timers) {
        this.turns = turns;
        this.timers = timers;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(Line line) {
        waiting.add(line);
    }

    void remove(Line line) {
        waiting.remove(line);
    }

    /// Takes all, for whom there is nothing to wait for.
    List<Line> takeAll() {
        List<Line> all = List.copyOf(waiting);
        clear();
        return all;
    }

    void clear() {
        waiting.clear();
    }

    /// Whether somebody may go now; if nobody may, it is looked again later.
    boolean mayGo(Runnable later) {
        long now = timers.nanos();
        if (gone == 0 || now - since >= PAUSE.toNanos()) {
            since = now;
            gone = 0;
        }
        if (gone < BURST) {
            return true;
        }
        rest(PAUSE.minusNanos(now - since), later);
        return false;
    }

    private void rest(Duration pause, Runnable later) {
        if (resting) {
            return;
        }
        resting = true;
        var unused =
                turns.after(
                        pause,
                        () -> {
                            resting = false;
                            later.run();
                        });
    }

    /// Takes those who may go.
    List<Line> take() {
        List<Line> going = waiting.stream().limit(BURST - gone).toList();
        going.forEach(waiting::remove);
        gone += going.size();
        return going;
    }
}
