package dev.hearth.clients.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.client.SupabaseClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The server is killed again and again while rows are written. A program that shows what comes
/// live, and fetches by its last id when it is told to resync, shows every row once and in order.
///
/// ```text
/// mvn verify -pl server/src/test/clients/java -am -Dtest=SoakTest -Dhearth.soak=PT10M
/// ```
///
/// kills it every 20 s for ten minutes; without the property it is killed every 6 s, three times.
class SoakTest {

    private static final Duration WANTED =
            Duration.parse(System.getProperty("hearth.soak", "PT0S"));
    private static final boolean LONG = !WANTED.isZero();
    private static final Duration INTERVAL = Duration.ofSeconds(LONG ? 20 : 6);
    private static final int KILLS = LONG ? (int) WANTED.dividedBy(INTERVAL) : 3;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir private Path folder;

    /// Inserts rows as fast as a busy table gets them, through every outage.
    private static final class Writer implements AutoCloseable {
        private final ServerProcess server;
        private final AtomicInteger outages = new AtomicInteger();
        private final Thread thread;
        private volatile boolean over;

        Writer(ServerProcess server) {
            this.server = server;
            thread = Thread.ofVirtual().start(this::write);
        }

        private void write() {
            while (!over) {
                try (Connection connection = server.connect();
                        var insert =
                                connection.prepareStatement(
                                        "insert into public.soak (body) values ('soak')")) {
                    while (!over) {
                        insert.executeUpdate();
                        LockSupport.parkNanos(Duration.ofMillis(15).toNanos());
                    }
                } catch (SQLException down) {
                    outages.incrementAndGet();
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
            }
        }

        @Override
        public void close() {
            over = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void showsEveryStoredRowOnceAndInOrderThroughKills() throws Exception {
        try (var server = new ServerProcess(folder);
                var client = client(server.url())) {
            try (var connection = server.connect();
                    var statement = connection.createStatement()) {
                statement.execute(
                        """
                        create table public.soak (
                            id bigint generated always as identity primary key, body text);
                        grant select on public.soak to anon;
                        alter publication supabase_realtime add table public.soak;
                        """);
            }
            var screen = new Screen(client, "soak");
            screen.open(PATIENCE);
            int outages;
            try (var writer = new Writer(server)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    LockSupport.parkNanos(INTERVAL.toNanos());
                    server.kill();
                    server.start();
                }
                LockSupport.parkNanos(INTERVAL.toNanos());
                outages = writer.outages.get();
            }
            List<Long> stored = stored(server);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(screen.shown()).hasSameSizeAs(stored));
            assertThat(screen.shown()).containsExactlyElementsOf(stored);
            assertThat(screen.live()).as("came live").isPositive();
            System.out.printf(
                    "soak: %d kills, %d rows stored; %d shown live, %d by the fetch of %d resyncs,"
                            + " %d came again and were not shown; %d failed writes%n",
                    KILLS,
                    stored.size(),
                    screen.live(),
                    stored.size() - screen.live(),
                    screen.resyncs(),
                    screen.known(),
                    outages);
        }
    }

    /// What was built for outages of minutes would sleep through those of this test.
    private static SupabaseClient client(String url) {
        return SupabaseClient.builder(url, ServerProcess.KEY)
                .realtime(
                        r -> {
                            if (!LONG) {
                                r.reconnectAfter(tries -> Duration.ofMillis(200));
                            }
                        })
                .build();
    }

    private static List<Long> stored(ServerProcess server) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select id from public.soak order by id")) {
            var ids = new ArrayList<Long>();
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        }
    }
}
