package dev.hearth.benchmarks;

import dev.hearth.Server;
import dev.hearth.config.Config;
import dev.hearth.config.Settings;
import dev.hearth.database.StartProgress;

import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// From the start of a single-row commit to its arrival at a client of the whole product, over row
/// level security, beside its arrival at a bare replication stream of the same database: both hear
/// the same commits.
final class CommitLatency {

    private static final int WARM_UP = 300;
    private static final int COMMITS = 1_000;
    private static final int ALL = WARM_UP + COMMITS;
    private static final long PAUSE_MILLIS = 5;
    private static final Pattern NUMBER = Pattern.compile("\"record\":\\{[^}]*\"id\":(\\d+)");

    private final AtomicLongArray started = new AtomicLongArray(ALL);
    private final AtomicLongArray atClient = new AtomicLongArray(ALL);
    private final AtomicLongArray atStream = new AtomicLongArray(ALL);
    private final CountDownLatch subscribed = new CountDownLatch(1);

    /// Prints two lines and their ratio.
    static void run() throws Exception {
        new CommitLatency().measure();
    }

    private void measure() throws Exception {
        Path data = Files.createTempDirectory("hearth-latency");
        Config config =
                Config.from(
                        Settings.of(
                                List.of(
                                        Map.of(
                                                "HEARTH_DATA", data.toString(),
                                                "HEARTH_DB_PORT", "0",
                                                "HEARTH_PORT", String.valueOf(FreePort.find())))));
        try (var server = Server.start(config, StartProgress.silent());
                var writer = DriverManager.getConnection(jdbc(server));
                var client = HttpClient.newHttpClient()) {
            prepare(writer);
            Thread stream = Thread.ofVirtual().start(() -> receive(server));
            WebSocket socket = join(client, server, config);
            subscribed.await(30, TimeUnit.SECONDS);
            commit(writer);
            awaitAll();
            socket.abort();
            stream.interrupt();
            report();
        }
    }

    private static String jdbc(Server server) {
        // The development database: postgres/postgres on loopback.
        URI url = URI.create(server.databaseUrl());
        return "jdbc:postgresql://%s:%d%s?user=postgres&password=postgres"
                .formatted(url.getHost(), url.getPort(), url.getPath());
    }

    private static void prepare(Connection writer) throws SQLException {
        try (var statement = writer.createStatement()) {
            statement.execute(
                    """
                    create table public.ticks (id int primary key, body text);
                    alter table public.ticks enable row level security;
                    create policy everybody on public.ticks for select to anon using (true);
                    alter publication supabase_realtime add table public.ticks
                    """);
        }
    }

    private WebSocket join(HttpClient client, Server server, Config config) throws Exception {
        String key = config.token().publishableKeys().getFirst().value();
        WebSocket socket =
                client.newWebSocketBuilder()
                        .buildAsync(
                                URI.create(
                                        "ws://127.0.0.1:%d/realtime/v1/websocket?vsn=2.0.0&apikey=%s"
                                                .formatted(server.port(), key)),
                                new Receiver())
                        .get();
        socket.sendText(
                        """
                        ["1","1","realtime:ticks","phx_join",{"config":{"postgres_changes":[\
                        {"event":"INSERT","schema":"public","table":"ticks"}]}}]\
                        """,
                        true)
                .get();
        return socket;
    }

    private void commit(Connection writer) throws SQLException, InterruptedException {
        try (PreparedStatement insert =
                writer.prepareStatement("insert into public.ticks values (?, 'tick')")) {
            for (int id = 0; id < ALL; id++) {
                insert.setInt(1, id);
                started.set(id, System.nanoTime());
                insert.executeUpdate();
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void receive(Server server) {
        Properties properties = new Properties();
        properties.setProperty("replication", "database");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "15");
        try (Connection connection = DriverManager.getConnection(jdbc(server), properties)) {
            var api = connection.unwrap(PGConnection.class).getReplicationAPI();
            api.createReplicationSlot()
                    .logical()
                    .withSlotName("bare")
                    .withOutputPlugin("pgoutput")
                    .withTemporaryOption()
                    .make();
            PGReplicationStream stream =
                    api.replicationStream()
                            .logical()
                            .withSlotName("bare")
                            .withSlotOption("proto_version", "1")
                            .withSlotOption("publication_names", "supabase_realtime")
                            .start();
            while (!Thread.interrupted()) {
                ByteBuffer message = stream.read();
                if (message.get() == 'I') {
                    atStream.set(id(message), System.nanoTime());
                }
            }
        } catch (SQLException _) {
            // The server was stopped: all has been measured.
        }
    }

    /// The first column of an Insert message of pgoutput, whose relation is the only one: relation,
    /// 'N', number of columns, 't', length, text.
    private static int id(ByteBuffer message) {
        message.position(message.position() + 4 + 1 + 2 + 1);
        byte[] text = new byte[message.getInt()];
        message.get(text);
        return Integer.parseInt(new String(text, StandardCharsets.US_ASCII));
    }

    private void awaitAll() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < deadline
                && (atClient.get(ALL - 1) == 0 || atStream.get(ALL - 1) == 0)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void report() {
        double[] stream = millis(atStream);
        double[] client = millis(atClient);
        System.out.println("commit to arrival, 1,000 commits      received  p50 ms  p99 ms");
        line("bare replication stream", stream);
        line("client of Hearth, under row security", client);
        System.out.printf(
                "ratio %49.2f %7.2f%n",
                at(client, 0.5) / at(stream, 0.5), at(client, 0.99) / at(stream, 0.99));
    }

    private double[] millis(AtomicLongArray arrivals) {
        double[] all = new double[ALL];
        int count = 0;
        for (int id = WARM_UP; id < ALL; id++) {
            if (arrivals.get(id) != 0) {
                all[count++] = (arrivals.get(id) - started.get(id)) / 1e6;
            }
        }
        double[] sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static void line(String name, double[] sorted) {
        System.out.printf(
                "%-37s %8d %7.2f %7.2f%n", name, sorted.length, at(sorted, 0.5), at(sorted, 0.99));
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (sorted.length * share)];
    }

    private final class Receiver implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                long now = System.nanoTime();
                if (text.indexOf("Subscribed to PostgreSQL") >= 0) {
                    subscribed.countDown();
                }
                // While a channel is busy several messages may come close together, each its own.
                Matcher matcher = NUMBER.matcher(text);
                while (matcher.find()) {
                    atClient.set(Integer.parseInt(matcher.group(1)), now);
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
