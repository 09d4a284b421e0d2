package dev.hearth.examples;

import static dev.hearth.client.realtime.PostgresEvent.INSERT;

import dev.hearth.client.SupabaseClient;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// A connection that is lost for a while, and nothing missed: the program remembers how far it is,
/// and fetches the rest when it is told to.
public final class ResyncAfterInterruption {

    record Task(long id, String title) {}

    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch all = new CountDownLatch(3);
    private final AtomicLong last = new AtomicLong();
    private final SupabaseClient client;

    private ResyncAfterInterruption(SupabaseClient client) {
        this.client = client;
    }

    public static void main(String[] args) throws InterruptedException {
        try (SupabaseClient client =
                SupabaseClient.builder(Hearth.url(), Hearth.key())
                        .realtime(r -> r.listener(event -> System.out.println("-- " + event)))
                        .build()) {
            client.auth().signInAnonymously();
            new ResyncAfterInterruption(client).run();
        }
    }

    private void run() throws InterruptedException {
        client.channel("tasks")
                .onPostgresChanges(
                        INSERT,
                        rows -> rows.schema("public").table("tasks"),
                        Task.class,
                        change -> show("live", change.newRecord()))
                .onResync(this::fetch)
                .subscribe(Duration.ofSeconds(20));
        insert("one");
        Await.all(first);

        // What a tunnel, a sleeping laptop or a restart of the server does; it takes no call then.
        client.realtime().disconnect();
        insert("two");
        client.realtime().connect();

        client.channel("tasks").subscribeAsync().join();
        insert("three");
        Await.all(all);
    }

    private void insert(String title) {
        client.from("tasks").insert(Map.of("title", title)).execute();
    }

    private void fetch() {
        client.from("tasks")
                .select()
                .gt("id", last.get())
                .order("id")
                .execute(Task.class)
                .forEach(task -> show("fetched", task));
    }

    /// Called by the channel only, one after the other: what came both ways is shown once.
    private void show(String how, Task task) {
        if (task.id() > last.get()) {
            last.set(task.id());
            System.out.println(how + " " + task.title());
            first.countDown();
            all.countDown();
        }
    }
}
