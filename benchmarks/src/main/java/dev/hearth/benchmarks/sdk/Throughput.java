package dev.hearth.benchmarks.sdk;

import dev.hearth.benchmarks.receiver.ReceiverProcess;

import java.time.Duration;
import java.util.List;

/// How many messages a client takes, and what each costs its process. A sender waits for the
/// receiver's word so that no queue overflows, and a round in which a message is missing is none.
///
/// @param perSecond messages
/// @param cpuMicros of the receiver's process, for one message
record Throughput(double perSecond, double cpuMicros) {

    /// Batches that may be under way: no more messages than a channel's queue has room for.
    private static final int UNDER_WAY = 4;

    /// Prints three lines.
    static void compare(String what, Source source, Sdk ours, Sdk theirs, int channels)
            throws Exception {
        try (var one = Child.start(ours);
                var other = Child.start(theirs)) {
            var _ = one.open(source, channels);
            var _ = other.open(source, channels);
            try (var toOne = source.sender(one.topics, channels);
                    var toOther = source.sender(other.topics, channels)) {
                Rounds<Throughput> rounds =
                        Rounds.alternate(
                                () -> round(one, toOne, channels),
                                () -> round(other, toOther, channels));
                print(what, median(rounds.ours()), median(rounds.theirs()));
            }
        }
    }

    private static void print(String what, Throughput ours, Throughput theirs) {
        Table.row(what + ", messages/s", "%.0f", ours.perSecond(), theirs.perSecond());
        Table.row(
                "    CPU µs of the receiver per message", "%.2f", ours.cpuMicros, theirs.cpuMicros);
        Table.row(
                "    messages per CPU second",
                "%.0f",
                1e6 / ours.cpuMicros,
                1e6 / theirs.cpuMicros);
    }

    private static Throughput median(List<Throughput> rounds) {
        return new Throughput(
                Rounds.median(rounds.stream().mapToDouble(Throughput::perSecond).toArray()),
                Rounds.median(rounds.stream().mapToDouble(Throughput::cpuMicros).toArray()));
    }

    /// Sends for the time of a round, and no faster than the receiver hears.
    private static Throughput round(Child child, Source.Sender sender, int channels)
            throws Exception {
        byte[] batch = Notes.batch(sender, channels);
        Child.Heard before = child.heard();
        Duration cpu = child.cpu();
        long start = System.nanoTime();
        long end = start + Rounds.TIME.toNanos();
        long sent = 0;
        long heard = 0;
        boolean sending = true;
        while (sending || heard < sent) {
            sending = sending && System.nanoTime() < end;
            if (sending && sent - heard < UNDER_WAY) {
                sender.send(batch);
                sent++;
            } else {
                child.awaitBatch();
                heard++;
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double micros = child.cpu().minus(cpu).toNanos() / 1e3;
        long messages = sent * ReceiverProcess.BATCH;
        var expected = new Child.Heard(before.count() + messages, before.sum() + sent * Notes.SUM);
        if (!child.heard().equals(expected)) {
            throw new IllegalStateException("heard " + child.heard() + " instead of " + expected);
        }
        return new Throughput(messages / seconds, micros / messages);
    }
}
