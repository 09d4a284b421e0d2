package dev.hearth.benchmarks.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The same statements without any web server, where `pgbench` is installed: in one transaction
/// under the role, each on its own and in a pipeline.
final class PgBench {

    /// The embedded database has room for a hundred connections, and the server has some of them.
    private static final int MOST_CLIENTS = 80;

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final String ROW =
            """
            \\set id random(1, 99900)
            %s
            begin;
            select set_config('role', 'authenticated', true),
                set_config('request.jwt.claims', '{"sub":"ann","role":"authenticated"}', true);
            select coalesce(json_agg(t), '[]')::text
                from (select id, owner, name, price, owner_id from items where id = :id) t;
            commit;
            %s
            """;

    private PgBench() {}

    static void run(int port, String password, int[] clients, Duration time) throws Exception {
        System.out.println(
                "pgbench, one row by key                 clients    separate  pipelined");
        for (int asked : clients) {
            int each = Math.min(asked, MOST_CLIENTS);
            System.out.printf(
                    "%47d %11.0f %10.0f%n",
                    each,
                    rate(ROW.formatted("", ""), port, password, each, time),
                    rate(
                            ROW.formatted("\\startpipeline", "\\endpipeline"),
                            port,
                            password,
                            each,
                            time));
        }
    }

    private static double rate(String script, int port, String password, int clients, Duration time)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("pgbench", ".sql");
        try {
            Files.writeString(file, script.replaceAll("(?m)^\\s*\n", "").replace("\n    ", " "));
            var builder =
                    new ProcessBuilder(
                            List.of(
                                    "pgbench",
                                    "--no-vacuum",
                                    "--protocol=prepared",
                                    "--client=" + clients,
                                    "--time=" + time.toSeconds(),
                                    "--file=" + file,
                                    "--host=127.0.0.1",
                                    "--port=" + port,
                                    "--username=authenticator",
                                    "postgres"));
            builder.environment().putAll(Map.of("PGPASSWORD", password));
            Process process = builder.redirectErrorStream(true).start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            var rate = RATE.matcher(said);
            return rate.find() ? Double.parseDouble(rate.group(1)) : Double.NaN;
        } catch (IOException e) {
            return Double.NaN;
        } finally {
            Files.delete(file);
        }
    }
}
