package dev.hearth.examples;

import static dev.hearth.client.realtime.PostgresEvent.ALL;
import static dev.hearth.client.realtime.PostgresEvent.DELETE;
import static dev.hearth.client.realtime.PostgresEvent.INSERT;
import static dev.hearth.client.realtime.RowFilter.eq;

import dev.hearth.client.SupabaseClient;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// Rows that change in the database, as they change.
public final class FollowChanges {

    record Task(long id, String title, boolean done) {}

    private FollowChanges() {}

    public static void main(String[] args) throws InterruptedException {
        var heard = new CountDownLatch(4);
        try (SupabaseClient client = Hearth.connect()) {
            client.auth().signInAnonymously();
            client.channel("tasks")
                    .onPostgresChanges(
                            ALL,
                            rows -> rows.schema("public").table("tasks"),
                            Task.class,
                            change -> {
                                Task row =
                                        change.eventType() == DELETE
                                                ? change.oldRecord()
                                                : change.newRecord();
                                System.out.println(change.eventType() + " " + row.title());
                                heard.countDown();
                            })
                    .onPostgresChanges(
                            INSERT,
                            rows ->
                                    rows.schema("public")
                                            .table("tasks")
                                            .filter(eq("title", "iron"))
                                            .select("title"),
                            Task.class,
                            change -> {
                                System.out.println("one to iron");
                                heard.countDown();
                            })
                    .subscribe(Duration.ofSeconds(20));

            var tasks = client.from("tasks");
            tasks.insert(Map.of("title", "iron")).execute();
            tasks.update(Map.of("title", "iron shirts")).eq("title", "iron").execute();
            tasks.delete().eq("title", "iron shirts").execute();
            Await.all(heard);
        }
    }
}
