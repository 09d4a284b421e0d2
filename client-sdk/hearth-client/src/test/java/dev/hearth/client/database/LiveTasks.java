package dev.hearth.client.database;

import dev.hearth.client.internal.Backend;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// Three rows of a real server's `sdk_tasks`, which only their own test sees and which go with it.
@NullUnmarked
final class LiveTasks implements AutoCloseable {

    final String run = UUID.randomUUID().toString();
    final Task first = first(run);
    final DatabaseClient database;
    private final Backend backend;

    record Address(String city, int no) {}

    record Task(
            @Nullable Long id,
            String run,
            @Nullable String title,
            @Nullable Boolean done,
            @Nullable BigDecimal price,
            @Nullable Double amount,
            @Nullable List<String> tags,
            @Nullable Address address,
            @Nullable String booked,
            @Nullable Instant due,
            @Nullable LocalDate day,
            @Nullable UUID key) {

        static Task titled(String run, String title) {
            return new Task(null, run, title, null, null, null, null, null, null, null, null, null);
        }
    }

    private LiveTasks(Backend backend) {
        this.backend = backend;
        database = new DatabaseClient(backend, DatabaseOptions.builder().build());
    }

    /// On the server that the properties of the build name.
    static LiveTasks open() {
        var live =
                new LiveTasks(
                        FakeApi.backend(
                                System.getProperty("hearth.live.url"),
                                System.getProperty("hearth.live.key", "")));
        live.insertRows();
        return live;
    }

    private static Task first(String run) {
        return new Task(
                null,
                run,
                "first",
                true,
                new BigDecimal("12345678901234567890.123456789"),
                0.1,
                List.of("a", "b,c", "{d}", "null", ""),
                new Address("Ulm", 3),
                "[1,5)",
                Instant.parse("2027-01-02T03:04:05.678901Z"),
                LocalDate.parse("2027-01-02"),
                UUID.randomUUID());
    }

    private void insertRows() {
        tasks().insert(first).execute();
        var second = new LinkedHashMap<String, Object>();
        second.put("run", run);
        second.put("title", "second");
        second.put("order", 7);
        second.put("done", false);
        second.put("price", 2);
        second.put("booked", "[5,9)");
        second.put("address", Map.of("city", "Köln"));
        tasks().insert(second).execute();
        tasks().insert(Task.titled(run, "third")).execute();
        Long id = select(q -> q.eq("title", "first")).get(0).id();
        database.from("sdk_notes")
                .insert(List.of(note(id, "n1"), note(id, "n2"), note(id, "n3")))
                .execute();
    }

    static Map<String, Object> note(@Nullable Long task, String body) {
        return Map.of("task", String.valueOf(task), "body", body);
    }

    QueryBuilder tasks() {
        return database.from("sdk_tasks");
    }

    List<Task> select(UnaryOperator<SelectBuilder> said) {
        return said.apply(tasks().select().eq("run", run)).order("id").execute(Task.class);
    }

    String titles(UnaryOperator<SelectBuilder> said) {
        return String.join(" ", select(said).stream().map(Task::title).toList());
    }

    @Override
    public void close() {
        tasks().delete().like("run", run + "%").execute();
        backend.http().close();
        backend.tasks().close();
        backend.timers().close();
    }
}
