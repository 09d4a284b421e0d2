package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Seconds from `./hearth start` on a built tree to ready: with an empty data folder, and again;
/// then the memory at rest of the JVM and of PostgreSQL, read from the system.
final class StartUp {

    private static final Duration AT_REST = Duration.ofSeconds(10);
    private static final int REPEATED = 3;

    private StartUp() {}

    /// Prints three lines.
    static void run(Path root) throws Exception {
        Path data = Files.createTempDirectory("hearth-start").resolve("data");
        System.out.println("start to ready                              seconds");
        System.out.printf("%-43s %7.2f%n", "empty data folder", untilReady(root, data));
        for (int i = 0; i < REPEATED; i++) {
            System.out.printf("%-43s %7.2f%n", "again", untilReady(root, data));
        }
        atRest(root, data);
    }

    private static double untilReady(Path root, Path data) throws Exception {
        long start = System.nanoTime();
        Process process =
                command(root, data, "--exit-when-ready").redirectErrorStream(true).start();
        double seconds = Double.NaN;
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("Hearth is ready")) {
                    seconds = (System.nanoTime() - start) / 1e9;
                }
            }
        }
        int status = process.waitFor();
        if (status != 0 || Double.isNaN(seconds)) {
            throw new IllegalStateException("the start ended with status " + status);
        }
        return seconds;
    }

    private static void atRest(Path root, Path data) throws Exception {
        Process process =
                command(root, data)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            TimeUnit.NANOSECONDS.sleep(AT_REST.toNanos());
            long postgres =
                    ProcessHandle.allProcesses()
                            .filter(each -> belongs(each, data))
                            .mapToLong(each -> proportionalKilobytes(each.pid()))
                            .sum();
            System.out.println("memory at rest                                   MB");
            System.out.printf(
                    "%-43s %7d%n",
                    "JVM, resident", kilobytes(process.pid(), "status", "VmRSS:") / 1024);
            System.out.printf("%-43s %7d%n", "PostgreSQL, proportional", postgres / 1024);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    /// PostgreSQL's processes show the postmaster as their parent, and that the data folder.
    private static boolean belongs(ProcessHandle process, Path data) {
        return Stream.of(Stream.of(process), process.parent().stream())
                .flatMap(each -> each)
                .flatMap(each -> commandLine(each.pid()).stream())
                .anyMatch(line -> line.contains(data.toString()) && line.contains("postgres"));
    }

    private static List<String> commandLine(long pid) {
        try {
            return List.of(Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline")));
        } catch (IOException _) {
            return List.of();
        }
    }

    private static long proportionalKilobytes(long pid) {
        return kilobytes(pid, "smaps_rollup", "Pss:");
    }

    private static long kilobytes(long pid, String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), file))) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException _) {
            return 0;
        }
    }

    private static ProcessBuilder command(Path root, Path data, String... more) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                root.resolve("hearth").toString(),
                                "start",
                                "--data",
                                data.toString(),
                                "--port",
                                String.valueOf(FreePort.find()),
                                "--db-port",
                                String.valueOf(FreePort.find())));
        command.addAll(List.of(more));
        return new ProcessBuilder(command);
    }
}
