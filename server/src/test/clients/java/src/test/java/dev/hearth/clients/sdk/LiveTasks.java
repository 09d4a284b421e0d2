package dev.hearth.clients.sdk;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.database.DatabaseClient;
import dev.hearth.client.database.QueryBuilder;
import dev.hearth.client.database.SelectBuilder;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// A server with the tables of `src/test/project`, and three rows of its `sdk_tasks`.
@NullUnmarked
final class LiveTasks implements AutoCloseable {

    final String run = UUID.randomUUID().toString();
    final Task first = first(run);
    final DatabaseClient database;
    private final RunningHearth hearth;
    private final SupabaseClient client;

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

    private LiveTasks(RunningHearth hearth) {
        this.hearth = hearth;
        client = hearth.client();
        database = client.database();
    }

    /// Starts it in a folder, which must stay until it is closed.
    static LiveTasks open(Path data) throws SQLException {
        var live =
                new LiveTasks(
                        RunningHearth.start(data, Map.of("HEARTH_PROJECT", "src/test/project")));
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
    public void close() throws SQLException {
        client.close();
        hearth.close();
    }
}
