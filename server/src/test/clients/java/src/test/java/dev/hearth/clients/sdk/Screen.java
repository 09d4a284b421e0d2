package dev.hearth.clients.sdk;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.realtime.Channel;
import dev.hearth.client.realtime.PostgresEvent;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A program as one would write it: it shows new rows as they come, and fetches those after the
/// last it has when it is told to resync.
final class Screen {

    private static final int PAGE = 500;

    private final SupabaseClient client;
    private final String table;
    private final Runnable before;
    private final List<Long> shown = new CopyOnWriteArrayList<>();
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicInteger known = new AtomicInteger();
    private final AtomicInteger resyncs = new AtomicInteger();
    private volatile long last;

    record Row(long id) {}

    Screen(SupabaseClient client, String table) {
        this(client, table, () -> {});
    }

    /// @param before what it does first with each row that comes live
    Screen(SupabaseClient client, String table, Runnable before) {
        this.client = client;
        this.table = table;
        this.before = before;
    }

    /// Begins; in force when this returns.
    Channel open(Duration patience) {
        return client.channel("screen " + table)
                .onPostgresChanges(
                        PostgresEvent.INSERT,
                        f -> f.schema("public").table(table),
                        Row.class,
                        change -> live(change.newRecord().id()))
                .onResync(this::fetch)
                .subscribe(patience);
    }

    /// In the order in which they were shown.
    List<Long> shown() {
        return List.copyOf(shown);
    }

    int live() {
        return live.get();
    }

    /// Rows that came live although they were shown already.
    int known() {
        return known.get();
    }

    int resyncs() {
        return resyncs.get();
    }

    private void live(long id) {
        before.run();
        if (show(id)) {
            live.incrementAndGet();
        } else {
            known.incrementAndGet();
        }
    }

    private boolean show(long id) {
        if (id <= last) {
            return false;
        }
        last = id;
        shown.add(id);
        return true;
    }

    private void fetch() {
        resyncs.incrementAndGet();
        int came;
        do {
            List<Row> page = page();
            came = page.size();
            page.forEach(row -> show(row.id()));
        } while (came == PAGE);
    }

    /// The server may be killed while it is asked.
    private List<Row> page() {
        while (true) {
            try {
                return client.from(table)
                        .select("id")
                        .gt("id", last)
                        .order("id")
                        .limit(PAGE)
                        .execute(Row.class);
            } catch (SupabaseException down) {
                if (Thread.currentThread().isInterrupted()) {
                    throw down;
                }
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        }
    }
}
