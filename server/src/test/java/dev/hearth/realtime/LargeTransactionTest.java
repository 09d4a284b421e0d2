package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.ChildJvm;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// A transaction several times as large as the server's heap, of which a subscriber wants a few
/// rows: they come whole and in order, and other channels go on meanwhile.
class LargeTransactionTest {

    private static final int ROWS = Integer.getInteger("hearth.test.large.rows", 200_000);
    private static final int WANTED_OF = 1_000;
    private static final String HEAP = "-Xmx64m";

    @TempDir private Path data;

    @Test
    void itsWantedRowsComeInOrderWhileBroadcastsFlow() throws Exception {
        try (var database = TestPostgres.cluster().createPlatformDatabase()) {
            database.execute(
                    """
                    create table t (id int primary key, bucket int, owner text, v text);
                    alter table t enable row level security;
                    create policy own on t for select to authenticated
                      using (owner = (select auth.jwt() ->> 'sub'));
                    grant select on t to authenticated;
                    alter publication supabase_realtime add table t;
                    """);
            try (var server = serve(database);
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                String[] served = served(server);
                try (var subscriber = LiveRealtime.socket(served[1], served[2]);
                        var sender = LiveRealtime.socket(served[1], served[2]);
                        var receiver = LiveRealtime.socket(served[1], served[2])) {
                    LiveRealtime.follow(
                            subscriber,
                            "rows",
                            served[3],
                            "{'event':'INSERT','schema':'public','table':'t','filter':'bucket=eq.7'}");
                    sender.join("realtime:talk", "");
                    receiver.join("realtime:talk", "");

                    database.execute(
                            "insert into t select i, i %% %d, 'ann', repeat('x', 200)"
                                            .formatted(WANTED_OF)
                                    + " from generate_series(1, %d) i".formatted(ROWS));
                    Future<List<Integer>> rows = threads.submit(() -> wanted(subscriber));
                    int heard = talkUntil(rows, sender, receiver);

                    assertThat(rows.get())
                            .isEqualTo(
                                    IntStream.range(0, ROWS / WANTED_OF)
                                            .mapToObj(i -> i * WANTED_OF + 7)
                                            .toList());
                    assertThat(heard).isGreaterThan(10);
                    assertThat(server.lines()).noneMatch(line -> line.contains("OutOfMemory"));
                }
            }
        }
    }

    /// A broadcast after the other, each heard before the next, as long as rows come.
    private static int talkUntil(
            Future<List<Integer>> rows, SocketClient sender, SocketClient receiver) {
        int heard = 0;
        while (!rows.isDone()) {
            sender.send(
                    "['1','2','realtime:talk','broadcast',{'type':'broadcast','event':'%d','payload':{}}]"
                            .formatted(heard));
            receiver.expect(
                    "[null,null,'realtime:talk','broadcast',{'type':'broadcast','event':'%d','payload':{}}]"
                            .formatted(heard));
            heard++;
        }
        return heard;
    }

    private static List<Integer> wanted(SocketClient subscriber) {
        var ids = new ArrayList<Integer>();
        while (ids.size() < ROWS / WANTED_OF) {
            ids.add(LiveRealtime.change(subscriber).at("/record/id").asInt());
        }
        return ids;
    }

    private ChildJvm serve(TestDatabase database) throws Exception {
        var arguments = new ArrayList<Object>(List.of(data));
        LiveRealtime.settings(database).forEach((name, value) -> arguments.add(name + "=" + value));
        var command = ChildJvm.command(SmallServer.class, arguments.toArray());
        command.addAll(1, List.of(HEAP, "-XX:+ExitOnOutOfMemoryError"));
        return ChildJvm.start(command);
    }

    private static String[] served(ChildJvm server) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> server.lines().stream().anyMatch(line -> line.startsWith("serving")));
        return server.lines().stream()
                .filter(line -> line.startsWith("serving"))
                .findFirst()
                .orElseThrow()
                .split(" ", -1);
    }
}
