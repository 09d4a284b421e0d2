package dev.hearth.benchmarks.sdk;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// From the send of a message by one client of a server to its handler at another, at a rate that
/// keeps nobody busy.
final class Latency {

    private static final int RATE = 200;

    private Latency() {}

    /// Prints two lines.
    static void compare(Source source, Sdk ours, Sdk theirs) throws Exception {
        try (var one = Child.start(ours);
                var other = Child.start(theirs)) {
            var _ = one.open(source, 1);
            var _ = other.open(source, 1);
            try (var toOne = source.sender(one.topics, 1);
                    var toOther = source.sender(other.topics, 1)) {
                Rounds<long[]> rounds =
                        Rounds.alternate(() -> ages(one, toOne), () -> ages(other, toOther));
                for (int percent : new int[] {50, 99}) {
                    Table.row(
                            "send to handler at %d messages/s, p%d ms".formatted(RATE, percent),
                            "%.2f",
                            at(rounds.ours(), percent),
                            at(rounds.theirs(), percent));
                }
            }
        }
    }

    private static long[] ages(Child child, Source.Sender sender) throws Exception {
        int count = (int) (RATE * Rounds.TIME.toSeconds());
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * 1_000_000_000L / RATE;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            sender.send(sender.frame(0, Notes.note(i, System.nanoTime())));
        }
        Thread.sleep(200);
        long[] ages = child.takeAges();
        if (ages.length != count) {
            throw new IllegalStateException("heard %d of %d".formatted(ages.length, count));
        }
        return ages;
    }

    /// Of all rounds together, in milliseconds.
    private static double at(List<long[]> rounds, int percent) {
        long[] ages = rounds.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return ages[ages.length * percent / 100] / 1e6;
    }
}
