package dev.hearth.examples;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.database.UpsertOptions;
import dev.hearth.client.error.PostgrestException;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// Rows that are inserted, changed and deleted, and one that is refused.
public final class WriteRows {

    /// What is sent; the database adds the rest.
    record NewTask(String title, LocalDate due) {}

    record Task(long id, String title, boolean done, LocalDate due) {}

    private WriteRows() {}

    public static void main(String[] args) {
        try (SupabaseClient client = Hearth.connect()) {
            client.auth().signInAnonymously();
            var tasks = client.from("tasks");

            Task wash =
                    tasks.insert(new NewTask("wash", LocalDate.of(2027, 5, 1)))
                            .select()
                            .single()
                            .execute(Task.class);
            System.out.println("inserted " + wash.title() + ", due " + wash.due());

            try {
                tasks.insert(new NewTask("wash", null)).execute();
            } catch (PostgrestException e) {
                System.out.println("refused, there is one: " + e.isUniqueViolation());
            }

            tasks.upsert(
                            List.of(Map.of("title", "wash", "done", true), Map.of("title", "iron")),
                            UpsertOptions.onConflict("owner,title").defaultToNull(false))
                    .execute();
            show("upserted", tasks.select().order("id").execute(Task.class));

            List<Task> changed =
                    tasks.update(Map.of("done", true))
                            .eq("title", "iron")
                            .select()
                            .execute(Task.class);
            show("updated", changed);

            tasks.delete().eq("done", true).execute();
            show("left", tasks.select().execute(Task.class));
        }
    }

    private static void show(String what, List<Task> tasks) {
        System.out.println(
                what
                        + " "
                        + tasks.stream()
                                .map(task -> task.title() + (task.done() ? " (done)" : ""))
                                .toList());
    }
}
