package dev.hearth.benchmarks.sdk;

import dev.hearth.benchmarks.receiver.ReceiverProcess;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The Java SDK beside supabase-kt: what receiving costs, how late messages come, what channels
/// weigh, how soon the first is subscribed, and how large both are. Rounds of the two alternate, so
/// that what else the machine does meets both; each figure is the median of its rounds.
public final class SdkBenchmark {

    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(3);

    /// Batches that may be under way; no more messages than a channel's queue has room for.
    private static final int UNDER_WAY = 4;

    private static final int RATE = 200;
    private static final int MANY = 1_000;
    private static final int COLD = 7;
    private static final int WARM = 40;

    private final Sdk ours;
    private final Sdk theirs;

    private SdkBenchmark(Path benchmarks) throws Exception {
        ours = Sdk.hearth(benchmarks);
        theirs = Sdk.supabaseKt(benchmarks);
    }

    /// Prints one table.
    ///
    /// @param root of the tree, built
    public static void run(Path root) throws Exception {
        var benchmark = new SdkBenchmark(root.resolve("benchmarks"));
        System.out.printf(
                "%-52s %13s %13s %6s%n",
                "ratio: hearth-client to supabase-kt", "hearth-client", "supabase-kt", "ratio");
        benchmark.sizes();
        try (var bare = new BareSource()) {
            benchmark.throughput("bare sender, 1 channel", bare, 1);
            benchmark.throughput("bare sender, 100 channels", bare, 100);
        }
        try (var hearth = new HearthSource()) {
            benchmark.throughput("whole server, 1 channel", hearth, 1);
            benchmark.throughput("whole server, 100 channels", hearth, 100);
            benchmark.latency(hearth);
            benchmark.memory(hearth);
            benchmark.subscribing(hearth);
        }
    }

    private static void row(String what, String format, double ours, double theirs) {
        System.out.printf(
                "%-52s %13s %13s %6.2f%n",
                what, format.formatted(ours), format.formatted(theirs), ours / theirs);
    }

    private void sizes() throws Exception {
        row("all jars at run time, MB", "%.1f", ours.size() / 1e6, theirs.size() / 1e6);
        row("all jars at run time, number", "%.0f", ours.jars().size(), theirs.jars().size());
    }

    // Throughput

    /// What one round, or the median round, came to.
    private record Flood(double perSecond, double cpuMicros) {}

    private void throughput(String what, Source source, int channels) throws Exception {
        var first = new ArrayList<Flood>();
        var second = new ArrayList<Flood>();
        try (var one = Child.start(ours);
                var other = Child.start(theirs)) {
            var _ = one.open(source, channels);
            var _ = other.open(source, channels);
            try (var toOne = source.sender(one.topics, channels);
                    var toOther = source.sender(other.topics, channels)) {
                for (int i = 0; i < WARM_UPS + ROUNDS; i++) {
                    first.add(flood(one, toOne, channels));
                    second.add(flood(other, toOther, channels));
                }
            }
        }
        Flood our = median(first);
        Flood their = median(second);
        row(what + ": messages/s", "%.0f", our.perSecond(), their.perSecond());
        row("    CPU µs of the receiver per message", "%.2f", our.cpuMicros(), their.cpuMicros());
        row("    messages per CPU second", "%.0f", 1e6 / our.cpuMicros(), 1e6 / their.cpuMicros());
    }

    private static Flood median(List<Flood> all) {
        List<Flood> rounds = all.subList(WARM_UPS, all.size());
        return new Flood(
                median(rounds.stream().mapToDouble(Flood::perSecond).toArray()),
                median(rounds.stream().mapToDouble(Flood::cpuMicros).toArray()));
    }

    /// Sends for the time of a round, and no faster than the receiver hears.
    private static Flood flood(Child child, Source.Sender sender, int channels) throws Exception {
        byte[] batch = Notes.batch(sender, channels);
        Child.Heard before = child.heard();
        Duration cpu = child.cpu();
        long start = System.nanoTime();
        long end = start + ROUND.toNanos();
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
        return new Flood(messages / seconds, micros / messages);
    }

    // Latency

    private void latency(Source source) throws Exception {
        var first = new ArrayList<long[]>();
        var second = new ArrayList<long[]>();
        try (var one = Child.start(ours);
                var other = Child.start(theirs)) {
            var _ = one.open(source, 1);
            var _ = other.open(source, 1);
            try (var toOne = source.sender(one.topics, 1);
                    var toOther = source.sender(other.topics, 1)) {
                for (int i = 0; i < WARM_UPS + ROUNDS; i++) {
                    first.add(ages(one, toOne));
                    second.add(ages(other, toOther));
                }
            }
        }
        for (int percent : new int[] {50, 99}) {
            row(
                    "send to handler at %d messages/s, p%d ms".formatted(RATE, percent),
                    "%.2f",
                    at(first, percent),
                    at(second, percent));
        }
    }

    private static long[] ages(Child child, Source.Sender sender) throws Exception {
        int count = (int) (RATE * ROUND.toSeconds());
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
    private static double at(List<long[]> all, int percent) {
        long[] ages =
                all.subList(WARM_UPS, all.size()).stream()
                        .flatMapToLong(Arrays::stream)
                        .sorted()
                        .toArray();
        return ages[ages.length * percent / 100] / 1e6;
    }

    // Memory

    private void memory(Source source) throws Exception {
        double ourOne = heap(ours, source, 1);
        double theirOne = heap(theirs, source, 1);
        row("live heap of a client with 1 channel, KB", "%.0f", ourOne, theirOne);
        double ourMany = heap(ours, source, MANY);
        double theirMany = heap(theirs, source, MANY);
        row("live heap of a client with 1,000 channels, KB", "%.0f", ourMany, theirMany);
        row(
                "    of it, per further channel",
                "%.2f",
                (ourMany - ourOne) / (MANY - 1),
                (theirMany - theirOne) / (MANY - 1));
    }

    /// What a client adds to the live heap of a fresh process, its classes' share included.
    private static double heap(Sdk sdk, Source source, int channels) throws Exception {
        try (var child = Child.start(sdk)) {
            long before = child.heap();
            var _ = child.open(source, channels);
            return (child.heap() - before) / 1e3;
        }
    }

    // Subscribing

    private void subscribing(Source source) throws Exception {
        var first = new double[COLD];
        var second = new double[COLD];
        for (int i = 0; i < COLD; i++) {
            first[i] = cold(ours, source);
            second[i] = cold(theirs, source);
        }
        row("create to SUBSCRIBED, cold JVM, ms", "%.0f", median(first), median(second));
        row("create to SUBSCRIBED, warm, ms", "%.1f", warm(ours, source), warm(theirs, source));
    }

    private static double cold(Sdk sdk, Source source) throws Exception {
        try (var child = Child.start(sdk)) {
            return child.open(source, 1).toNanos() / 1e6;
        }
    }

    private static double warm(Sdk sdk, Source source) throws Exception {
        var all = new double[WARM];
        try (var child = Child.start(sdk)) {
            for (int i = 0; i < WARM; i++) {
                all[i] = child.open(source, 1).toNanos() / 1e6;
                child.closeClient();
            }
        }
        return median(Arrays.copyOfRange(all, WARM / 2, WARM));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
