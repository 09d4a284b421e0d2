package dev.hearth.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// One broadcaster and 1,000 subscribers of one channel at rising rates until the messages come
/// late, then 5,000 joined connections at rest; Hearth beside a bare broadcast server, each in a
/// process of its own.
///
/// Server CPU per delivery is the CPU time of the server's process over the deliveries that
/// arrived; the age is from the broadcaster's send to the arrival at one subscriber, in this
/// process.
public final class SocketBenchmark {

    private static final int[] RATES = {10, 50, 150, 300, 500, 800, 1_100, 1_500, 2_000};

    /// No higher rate is tried once the 99th percentile of the ages is above this.
    private static final double FRESH_MILLIS = 100;

    private static final int COMPILING = 50;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration MEASURED = Duration.ofSeconds(6);

    private SocketBenchmark() {}

    /// @param arguments how many subscribers (1,000), and how many connections at rest (5,000)
    public static void main(String[] arguments) throws Exception {
        int subscribers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int atRest = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5_000;
        System.out.println("server   messages/s  deliveries/s  CPU µs/delivery  p50 ms  p99 ms");
        for (String kind : List.of("jetty", "hearth")) {
            try (var server = new Child(kind);
                    var client = new LoadClient(server.port, kind.equals("hearth"))) {
                client.open(subscribers);
                client.start();
                SocketChannel sender = client.connect();
                // The compiler's own CPU time would be counted at the lowest rate.
                send(sender, COMPILING, WARM_UP.multipliedBy(2));
                settle(client);
                boolean fresh = true;
                for (int i = 0; fresh && i < RATES.length; i++) {
                    send(sender, RATES[i], WARM_UP);
                    fresh = measure(kind, server, client, sender, RATES[i]);
                    settle(client);
                }
            }
        }
        System.out.println("server   KB of heap per joined connection  CPU µs per connection");
        for (String kind : List.of("jetty", "hearth")) {
            try (var server = new Child(kind);
                    var client = new LoadClient(server.port, kind.equals("hearth"))) {
                client.open(500);
                client.start();
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                long before = server.heap();
                Duration cpu = server.cpu();
                client.open(atRest);
                LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
                Duration used = server.cpu().minus(cpu);
                System.out.printf(
                        "%-8s %33.1f %22d%n",
                        kind,
                        (server.heap() - before) / 1024.0 / atRest,
                        used.toNanos() / 1_000 / atRest);
            }
        }
    }

    /// Waits until what is still under way has arrived.
    private static void settle(LoadClient client) {
        long before = -1;
        while (client.messages() != before) {
            before = client.messages();
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
    }

    /// @return whether nearly all messages arrived in time
    private static boolean measure(
            String kind, Child server, LoadClient client, SocketChannel sender, int rate)
            throws IOException {
        client.takeAges();
        long before = client.messages();
        Duration cpu = server.cpu();
        long start = System.nanoTime();
        send(sender, rate, MEASURED);
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        double seconds = (System.nanoTime() - start) / 1e9;
        long deliveries = client.messages() - before;
        long[] ages = client.takeAges();
        System.out.printf(
                "%-8s %10d %13d %16.2f %7.1f %7.1f%n",
                kind,
                rate,
                (long) (deliveries / seconds),
                server.cpu().minus(cpu).toNanos() / 1_000.0 / deliveries,
                at(ages, 0.5),
                at(ages, 0.99));
        return at(ages, 0.99) < FRESH_MILLIS;
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (sorted.length * share)] / 1e6;
    }

    private static void send(SocketChannel sender, int rate, Duration time) throws IOException {
        long start = System.nanoTime();
        String filler = "x".repeat(100);
        for (long i = 0; i < rate * time.toSeconds(); i++) {
            long due = start + i * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            LoadClient.send(
                    sender,
                    "[\"1\",null,\"realtime:load\",\"broadcast\",{\"type\":\"broadcast\",\"event\":\"e\",\"payload\":{\"t\":%d,\"x\":\"%s\"}}]"
                            .formatted(System.nanoTime(), filler));
        }
    }

    /// The server's process.
    private static final class Child implements AutoCloseable {
        final int port;
        private final Process process;
        private final BufferedReader out;

        Child(String kind) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(
                    List.of(
                            "-Xmx1g",
                            "-Xmn32m",
                            "-XX:+UseCompactObjectHeaders",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            BenchmarkServer.class.getName(),
                            kind));
            process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            out = process.inputReader(StandardCharsets.UTF_8);
            port = Integer.parseInt(out.readLine());
        }

        Duration cpu() {
            return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
        }

        long heap() throws IOException {
            process.outputWriter().append("heap\n").flush();
            return Long.parseLong(out.readLine());
        }

        @Override
        public void close() {
            try {
                process.outputWriter().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            process.destroy();
        }
    }
}
