package dev.hearth.examples;

import static dev.hearth.client.realtime.PostgresEvent.INSERT;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.error.PostgrestException;
import dev.hearth.client.error.Result;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// Two users of one table. A policy of the database, and nothing in the program, decides that each
/// sees and hears of their own rows only.
public final class KeepDataPrivate {

    record Task(long id, String title) {}

    private KeepDataPrivate() {}

    public static void main(String[] args) throws InterruptedException {
        var heard = new CountDownLatch(2);
        try (SupabaseClient ann = Hearth.connect();
                SupabaseClient bob = Hearth.connect()) {
            String annsId = signIn(ann);
            signIn(bob);
            listen("Ann", ann, heard);
            listen("Bob", bob, heard);

            ann.from("tasks").insert(Map.of("title", "of Ann")).execute();
            bob.from("tasks").insert(Map.of("title", "of Bob")).execute();
            Await.all(heard);
            System.out.println("Ann sees " + titles(ann));
            System.out.println("Bob sees " + titles(bob));

            var forged = bob.from("tasks").insert(Map.of("title", "forged", "owner", annsId));
            if (forged.toResult() instanceof Result.Err<?> err
                    && err.error() instanceof PostgrestException e
                    && e.isRlsDenied()) {
                System.out.println("Bob does not write for Ann: " + e.getMessage());
            }
        }
    }

    private static String signIn(SupabaseClient client) {
        return client.auth().signInAnonymously().user().orElseThrow().id().toString();
    }

    private static void listen(String name, SupabaseClient client, CountDownLatch heard) {
        client.channel("mine")
                .onPostgresChanges(
                        INSERT,
                        rows -> rows.schema("public").table("tasks"),
                        Task.class,
                        change -> {
                            System.out.println(name + " hears: " + change.newRecord().title());
                            heard.countDown();
                        })
                .subscribe(Duration.ofSeconds(20));
    }

    private static List<String> titles(SupabaseClient client) {
        return client.from("tasks").select().execute(Task.class).stream().map(Task::title).toList();
    }
}
