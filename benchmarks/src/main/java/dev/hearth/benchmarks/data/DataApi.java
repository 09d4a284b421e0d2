package dev.hearth.benchmarks.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.hearth.benchmarks.FreePort;
import dev.hearth.benchmarks.data.HttpLoad.Figures;
import dev.hearth.config.Config;
import dev.hearth.config.Settings;
import dev.hearth.token.Tokens;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// Requests per second, latency and processor time of the data API beside hand-written handlers, on
/// the same database, with row level security, at 1 to 100 clients.
public final class DataApi {

    private static final int[] CLIENTS = {1, 10, 50, 100};
    private static final Duration COMPILING = Duration.ofSeconds(20);
    private static final Duration WARM_UP = Duration.ofMillis(1500);
    private static final Duration MEASURED = Duration.ofSeconds(4);

    /// Of the developer's login.
    private static final String PASSWORD = "postgres";

    private static final String SCHEMA =
            """
            create table public.cities (id int primary key, name text not null);
            create table public.owners (id int primary key, name text not null,
                city_id int references public.cities);
            create table public.items (id int primary key, owner text not null, name text not null,
                price numeric not null, owner_id int references public.owners);
            create table public.entries (id bigint generated always as identity primary key,
                owner text not null, text text not null);
            insert into public.cities select i, 'city ' || i from generate_series(1, 100) i;
            insert into public.owners
                select i, 'owner ' || i, 1 + i %% 100 from generate_series(1, 1000) i;
            insert into public.items
                select i, 'ann', 'item ' || i, i / 100.0, 1 + i %% 1000
                from generate_series(1, %d) i;
            alter table public.items enable row level security;
            create policy own on public.items to authenticated
                using (owner = (select auth.jwt() ->> 'sub'));
            alter table public.entries enable row level security;
            create policy own on public.entries to authenticated
                using (owner = (select auth.jwt() ->> 'sub'))
                with check (owner = (select auth.jwt() ->> 'sub'));
            create function public.add_them(a int, b int) returns int
                language sql immutable as 'select a + b';
            grant select on public.cities, public.owners, public.items to authenticated;
            grant select, insert on public.entries to authenticated;
            """
                    .formatted(Workload.ROWS_OF_ITEMS);

    private DataApi() {}

    /// Prints one table.
    public static void run(Path root) throws Exception {
        Path data = Files.createTempDirectory("hearth-data").resolve("data");
        int port = FreePort.find();
        int databasePort = FreePort.find();
        Process hearth = hearth(root, data, port, databasePort);
        try {
            awaitReady(hearth);
            String url = "jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres";
            prepare(url);
            String password = password(data);
            try (var yardstick = Yardstick.start(url, password)) {
                measure(hearth, port, yardstick, postmaster(data));
            }
            PgBench.run(databasePort, password, CLIENTS, MEASURED);
        } finally {
            hearth.destroy();
            hearth.waitFor();
        }
    }

    private static void measure(
            Process hearth, int port, Yardstick yardstick, ProcessHandle postgres)
            throws Exception {
        var servers =
                Map.of(
                        "hearth",
                                new Server(
                                        new HttpLoad(port, "", headers(), true), hearth.toHandle()),
                        "separate",
                                new Server(
                                        new HttpLoad(yardstick.port(), "/separate", "", false),
                                        yardstick.process().toHandle()),
                        "flush",
                                new Server(
                                        new HttpLoad(yardstick.port(), "/flush", "", false),
                                        yardstick.process().toHandle()));
        System.out.println(
                "workload             clients  server     req/s  of flush   p50 ms   p99 ms"
                        + "  CPU µs: server  postgres  client");
        for (Workload workload : Workload.values()) {
            if (workload.method.equals("GET")) {
                requireSameRows(
                        servers.get("flush").load(), servers.get("hearth").load(), workload);
            }
            for (String name : List.of("flush", "separate", "hearth")) {
                if (takesPart(name, workload)) {
                    servers.get(name).load().run(workload, 10, COMPILING);
                }
            }
            for (int clients : CLIENTS) {
                Figures yard = null;
                for (String name : List.of("flush", "separate", "hearth")) {
                    if (!takesPart(name, workload)) {
                        continue;
                    }
                    Figures figures =
                            measure(workload, clients, name, servers.get(name), postgres, yard);
                    yard = yard == null ? figures : yard;
                }
            }
        }
    }

    /// Whoever answers less has it easier.
    private static void requireSameRows(HttpLoad yardstick, HttpLoad hearth, Workload workload)
            throws IOException {
        var json = new ObjectMapper();
        int id = Workload.ROWS_OF_ITEMS / 2;
        JsonNode expected = json.readTree(yardstick.answer(workload, id));
        JsonNode answered = json.readTree(hearth.answer(workload, id));
        if (!expected.equals(answered)) {
            throw new IllegalStateException(expected + " is not " + answered);
        }
    }

    private static boolean takesPart(String server, Workload workload) {
        return !server.equals("separate")
                || workload == Workload.ROW
                || workload == Workload.ROWS
                || workload == Workload.FUNCTION;
    }

    private record Server(HttpLoad load, ProcessHandle process) {}

    private static Figures measure(
            Workload workload,
            int clients,
            String name,
            Server server,
            ProcessHandle postgres,
            Figures yard)
            throws Exception {
        server.load().run(workload, clients, WARM_UP);
        Duration ofServer = Cpu.of(server.process());
        Duration ofPostgres = Cpu.ofTree(postgres);
        Duration ofClient = Cpu.of(ProcessHandle.current());
        Figures figures = server.load().run(workload, clients, MEASURED);
        double requests = figures.requests();
        System.out.printf(
                "%-20s %7d  %-8s %7.0f  %8s %8.2f %8.2f %15.0f %9.0f %7.0f%n",
                workload.title,
                clients,
                name,
                figures.perSecond(),
                yard == null ? "" : "%.2f".formatted(figures.perSecond() / yard.perSecond()),
                figures.p50(),
                figures.p99(),
                micros(Cpu.of(server.process()).minus(ofServer)) / requests,
                micros(Cpu.ofTree(postgres).minus(ofPostgres)) / requests,
                micros(Cpu.of(ProcessHandle.current()).minus(ofClient)) / requests);
        return figures;
    }

    private static double micros(Duration duration) {
        return duration.toNanos() / 1e3;
    }

    private static Process hearth(Path root, Path data, int port, int databasePort)
            throws IOException {
        var builder =
                new ProcessBuilder(
                        root.resolve("hearth").toString(),
                        "start",
                        "--port",
                        Integer.toString(port),
                        "--db-port",
                        Integer.toString(databasePort),
                        "--data",
                        data.toString());
        return builder.redirectErrorStream(true).start();
    }

    private static void awaitReady(Process hearth) throws IOException {
        BufferedReader lines = hearth.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains("Hearth is ready")) {
                Thread.ofVirtual().start(() -> drain(lines));
                return;
            }
        }
        throw new IllegalStateException("the server did not start");
    }

    private static void drain(BufferedReader lines) {
        try {
            while (lines.readLine() != null) {
                // Nobody reads what it says under load; a full pipe would stop it.
            }
        } catch (IOException _) {
            // It is gone.
        }
    }

    /// The project's key of development, and a token of a user.
    private static String headers() {
        var tokens = Config.from(Settings.of(List.of(Map.of()))).token();
        var claims = JsonNodeFactory.instance.objectNode();
        claims.put("sub", "ann");
        claims.put("role", "authenticated");
        claims.put("exp", Instant.now().plusSeconds(36_000).getEpochSecond());
        return "apikey: %s\r\nAuthorization: Bearer %s\r\n"
                .formatted(
                        tokens.publishableKeys().getFirst().value(),
                        new Tokens(tokens, Clock.systemUTC()).sign(claims));
    }

    private static void prepare(String url) throws Exception {
        try (var connection = DriverManager.getConnection(url, "postgres", PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            statement.execute("analyze");
        }
        Thread.sleep(1000);
    }

    /// Of the role that serves callers.
    private static String password(Path data) throws IOException {
        var passwords = new Properties();
        try (var file = Files.newBufferedReader(data.resolve("credentials"))) {
            passwords.load(file);
        }
        return passwords.getProperty("authenticator");
    }

    private static ProcessHandle postmaster(Path data) throws IOException {
        try (var lines = Files.lines(data.resolve("database").resolve("postmaster.pid"))) {
            long pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
            return ProcessHandle.of(pid).orElseThrow();
        }
    }

    /// The hand-written handlers in a process of their own.
    private record Yardstick(Process process, int port) implements AutoCloseable {

        static Yardstick start(String url, String password) throws IOException {
            var command = new ArrayList<String>();
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(
                    List.of(
                            "-XX:+UseCompactObjectHeaders",
                            "-cp",
                            System.getProperty("java.class.path"),
                            HandWritten.class.getName(),
                            url,
                            password));
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return new Yardstick(process, Integer.parseInt(process.inputReader().readLine()));
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
