package dev.hearth.benchmarks.sdk;

import java.nio.file.Path;
import java.util.Arrays;

/// The Java SDK beside supabase-kt: how large both are, what receiving costs, how late messages
/// come, what channels weigh, and how soon the first is subscribed.
public final class SdkBenchmark {

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
        new SdkBenchmark(root.resolve("benchmarks")).measure();
    }

    private void measure() throws Exception {
        Table.head();
        Table.row("all jars at run time, MB", "%.1f", ours.size() / 1e6, theirs.size() / 1e6);
        Table.row("all jars at run time, number", "%.0f", ours.jars().size(), theirs.jars().size());
        try (var bare = new BareSource()) {
            Throughput.compare("bare sender, 1 channel", bare, ours, theirs, 1);
            Throughput.compare("bare sender, 100 channels", bare, ours, theirs, 100);
        }
        try (var hearth = new HearthSource()) {
            Throughput.compare("whole server, 1 channel", hearth, ours, theirs, 1);
            Throughput.compare("whole server, 100 channels", hearth, ours, theirs, 100);
            Latency.compare(hearth, ours, theirs);
            memory(hearth);
            subscribing(hearth);
        }
    }

    private void memory(Source source) throws Exception {
        double ourOne = heap(ours, source, 1);
        double theirOne = heap(theirs, source, 1);
        Table.row("live heap of a client with 1 channel, KB", "%.0f", ourOne, theirOne);
        double ourMany = heap(ours, source, MANY);
        double theirMany = heap(theirs, source, MANY);
        Table.row("live heap of a client with 1,000 channels, KB", "%.0f", ourMany, theirMany);
        Table.row(
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

    private void subscribing(Source source) throws Exception {
        var first = new double[COLD];
        var second = new double[COLD];
        for (int i = 0; i < COLD; i++) {
            first[i] = cold(ours, source);
            second[i] = cold(theirs, source);
        }
        Table.row(
                "create to SUBSCRIBED, first in its JVM, ms",
                "%.0f",
                Rounds.median(first),
                Rounds.median(second));
        Table.row(
                "create to SUBSCRIBED, warm, ms", "%.1f", warm(ours, source), warm(theirs, source));
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
        return Rounds.median(Arrays.copyOfRange(all, WARM / 2, WARM));
    }
}
