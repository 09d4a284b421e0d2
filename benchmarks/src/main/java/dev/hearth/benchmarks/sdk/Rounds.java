package dev.hearth.benchmarks.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/// Rounds of the two SDKs in turn, so that what else the machine does meets both. The first ones
/// warm up and do not count.
///
/// @param ours of the Java SDK, those that count
/// @param theirs of supabase-kt, likewise
record Rounds<T>(List<T> ours, List<T> theirs) {

    /// How long one takes.
    static final Duration TIME = Duration.ofSeconds(3);

    private static final int WARM_UP = 3;
    private static final int MEASURED = 5;

    static <T> Rounds<T> alternate(Callable<T> ours, Callable<T> theirs) throws Exception {
        var first = new ArrayList<T>();
        var second = new ArrayList<T>();
        for (int i = 0; i < WARM_UP + MEASURED; i++) {
            first.add(ours.call());
            second.add(theirs.call());
        }
        return new Rounds<>(
                first.subList(WARM_UP, first.size()), second.subList(WARM_UP, second.size()));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
