package dev.hearth.benchmarks;

import dev.hearth.benchmarks.data.DataApi;
import dev.hearth.benchmarks.sdk.SdkBenchmark;
import dev.hearth.realtime.changes.interest.IndexCost;

import java.nio.file.Path;

/// Runs every scenario, or those that are named: `start`, `latency`, `index`, `sockets`, `data`,
/// `sdk`.
public final class Main {

    private Main() {}

    /// @param arguments the root of the tree, then the names of scenarios; none means all
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        if (wanted(arguments, "start")) {
            StartUp.run(root);
        }
        if (wanted(arguments, "latency")) {
            CommitLatency.run();
        }
        if (wanted(arguments, "index")) {
            IndexCost.main(new String[0]);
        }
        if (wanted(arguments, "sockets")) {
            SocketBenchmark.main(new String[0]);
        }
        if (wanted(arguments, "data")) {
            DataApi.run(root);
        }
        if (wanted(arguments, "sdk")) {
            SdkBenchmark.run(root);
        }
        System.exit(0);
    }

    private static boolean wanted(String[] arguments, String scenario) {
        if (arguments.length == 1) {
            return true;
        }
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i].equals(scenario)) {
                return true;
            }
        }
        return false;
    }
}
