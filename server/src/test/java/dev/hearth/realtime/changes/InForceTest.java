package dev.hearth.realtime.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.token.Caller;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Whoever subscribes and then queries misses nothing and hears no change twice (realtime.md 15.4).
/// A thousand joins on the version that Hearth brings, 250 on the others;
/// `-Dhearth.test.joins=10000` for the long run.
@Tag("all-postgres")
class InForceTest {

    private static final int JOINS =
            Integer.getInteger(
                    "hearth.test.joins",
                    System.getProperty("hearth.test.postgres", "18").equals("18") ? 1_000 : 250);
    private static final int WRITERS = 3;
    private static final int JOINERS = 8;

    @Test
    void queryAndEventsTogetherHoldEveryRowOnce() throws Exception {
        try (var live =
                        Live.start(
                                "create table r (id int primary key); grant select on r to"
                                    + " service_role; alter publication supabase_realtime add table"
                                    + " r");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var stop = new AtomicBoolean();
            var next = new AtomicInteger();
            var writers =
                    IntStream.range(0, WRITERS)
                            .mapToObj(i -> threads.submit(() -> write(live, stop, next)))
                            .toList();
            try {
                joinAll(live, threads, next);
            } finally {
                stop.set(true);
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
    }

    private static void joinAll(Live live, ExecutorService threads, AtomicInteger next)
            throws Exception {
        var places = new Semaphore(JOINERS);
        var joins = new ArrayList<Future<String>>();
        for (int i = 0; i < JOINS; i++) {
            places.acquire();
            joins.add(
                    threads.submit(
                            () -> {
                                try {
                                    return join(live, next);
                                } finally {
                                    places.release();
                                }
                            }));
        }
        for (Future<String> join : joins) {
            assertThat(join.get()).isEmpty();
        }
    }

    private static Void write(Live live, AtomicBoolean stop, AtomicInteger next)
            throws SQLException {
        try (Connection connection = live.database.connect("supabase_admin");
                Statement statement = connection.createStatement()) {
            while (!stop.get()) {
                statement.execute("insert into r values (" + next.incrementAndGet() + ")");
            }
        }
        return null;
    }

    /// Queries, subscribes, queries again, waits for a row of its own, and says what is wrong.
    private static String join(Live live, AtomicInteger next) throws Exception {
        var heard = new Heard();
        Set<Integer> before = rows(live);
        try (var _ =
                live.changes
                        .subscriptions()
                        .subscribe(
                                Caller.ofRole("service_role"),
                                List.of(live.binding("INSERT", "r", null)),
                                heard)) {
            Set<Integer> after = rows(live);
            int own = next.incrementAndGet();
            try (Connection connection = live.database.connect("supabase_admin");
                    Statement statement = connection.createStatement()) {
                statement.execute("insert into r values (" + own + ")");
            }
            heard.until("INSERT " + own);
            return wrong(live, heard, before, after, own);
        }
    }

    private static String wrong(
            Live live, Heard heard, Set<Integer> before, Set<Integer> after, int own)
            throws Exception {
        var events = new HashSet<Integer>();
        for (Heard.Event event : heard.events()) {
            int id = event.row().get("id").asInt();
            if (!events.add(id)) {
                return "twice " + id;
            }
            if (before.contains(id)) {
                return "from before " + id;
            }
        }
        int from = after.stream().mapToInt(Integer::intValue).min().orElse(own);
        for (int id : rows(live)) {
            if (id >= from && id < own && !after.contains(id) && !events.contains(id)) {
                // A writer may have been slow to commit it; then it comes later.
                heard.until("INSERT " + id);
            }
        }
        return "";
    }

    private static Set<Integer> rows(Live live) throws SQLException {
        var found = new HashSet<Integer>();
        try (Connection connection = live.database.connect("supabase_admin");
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select id from r order by id desc limit 2000")) {
            while (rows.next()) {
                found.add(rows.getInt(1));
            }
        }
        return found;
    }
}
