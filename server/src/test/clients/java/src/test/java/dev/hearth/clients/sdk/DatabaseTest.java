package dev.hearth.clients.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.client.database.Count;
import dev.hearth.client.database.ExplainOptions;
import dev.hearth.client.database.InsertOptions;
import dev.hearth.client.database.Order;
import dev.hearth.client.database.PostgrestResponse;
import dev.hearth.client.database.RpcBuilder;
import dev.hearth.client.database.RpcOptions;
import dev.hearth.client.database.SelectBuilder;
import dev.hearth.client.database.StreamOptions;
import dev.hearth.client.database.UpsertOptions;
import dev.hearth.client.error.PostgrestException;
import dev.hearth.client.error.Result;
import dev.hearth.client.json.Patch;
import dev.hearth.client.json.TypeRef;
import dev.hearth.clients.sdk.LiveTasks.Address;
import dev.hearth.clients.sdk.LiveTasks.Task;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the builders promise, as the server answers.
@NullUnmarked
class DatabaseTest {

    @TempDir private static Path data;

    private static LiveTasks live;

    @BeforeAll
    static void open() throws Exception {
        live = LiveTasks.open(data);
    }

    @AfterAll
    static void close() throws Exception {
        live.close();
    }

    @Test
    void givesBackWhatWasWritten() {
        Task read = live.select(q -> q.eq("title", "first")).get(0);
        assertThat(read).usingRecursiveComparison().ignoringFields("id").isEqualTo(live.first);
    }

    @Test
    void embedsAndShapesReferencedTables() {
        SelectBuilder first =
                live.tasks().select("id, sdk_notes(body)").eq("run", live.run).eq("title", "first");
        assertThat(bodies(first.copy().order("id", Order.desc().referencedTable("sdk_notes"))))
                .isEqualTo("[{body=n3}, {body=n2}, {body=n1}]");
        assertThat(bodies(first.copy().eq("sdk_notes.body", "n2"))).isEqualTo("[{body=n2}]");
        assertThat(
                        bodies(
                                first.copy()
                                        .or(
                                                any -> any.eq("body", "n2").eq("body", "n3"),
                                                "sdk_notes")
                                        .limit(1, "sdk_notes")))
                .hasSize("[{body=n2}]".length());
        assertThat(bodies(first.copy().or("body.eq.n1,body.eq.x", "sdk_notes")))
                .isEqualTo("[{body=n1}]");
        assertThat(
                        bodies(
                                first.copy()
                                        .order("id", Order.asc().referencedTable("sdk_notes"))
                                        .range(1, 1, "sdk_notes")))
                .isEqualTo("[{body=n2}]");
    }

    @Test
    void ordersLimitsAndCounts() {
        PostgrestResponse<List<Task>> page =
                live.tasks()
                        .select("*", Count.EXACT)
                        .eq("run", live.run)
                        .order("price", Order.desc().nullsLast())
                        .range(1, 1)
                        .executeWithResponse(Task.class);
        assertThat(page.data()).extracting(Task::title).containsExactly("second");
        assertThat(page.count()).hasValue(3);
        assertThat(page.status()).isEqualTo(206);
        assertThat(live.tasks().select().eq("run", live.run).limit(1).executeCount()).isEqualTo(3);
        assertThat(live.titles(q -> q.limit(2))).isEqualTo("first second");
        assertThat(
                        live.tasks()
                                .select("id", Count.PLANNED)
                                .executeWithResponse(new TypeRef<Task>() {})
                                .count())
                .isPresent();
        assertThat(
                        live.tasks()
                                .select("id", Count.ESTIMATED)
                                .executeWithResponse(Task.class)
                                .count())
                .isPresent();
    }

    @Test
    void countsFromTheFirstRowWhereverTheRangeBegins() {
        assertThat(live.tasks().select().eq("run", live.run).range(100, 109).executeCount())
                .isEqualTo(3);
    }

    @Test
    void readsOneRowOrNone() {
        SelectBuilder first = live.tasks().select().eq("run", live.run).eq("title", "first");
        assertThat(first.single().execute(Task.class).title()).isEqualTo("first");
        assertThat(first.maybeSingle().execute(Task.class)).map(Task::title).contains("first");
        assertThat(live.tasks().select().eq("run", "none").maybeSingle().execute(Task.class))
                .isEmpty();
        assertThat(
                        refusal(() -> live.tasks().select().eq("run", "none").single().execute())
                                .isNotSingle())
                .isTrue();
        assertThat(
                        refusal(
                                        () ->
                                                live.tasks()
                                                        .select()
                                                        .eq("run", live.run)
                                                        .maybeSingle()
                                                        .execute())
                                .isNotSingle())
                .isTrue();
    }

    @Test
    void readsOtherShapes() {
        SelectBuilder first =
                live.tasks()
                        .select("title,done,day,amount")
                        .eq("run", live.run)
                        .eq("title", "third");
        assertThat(first.csv()).isEqualTo("title,done,day,amount\nthird,,,");
        assertThat(first.copy().stripNulls().executeRaw()).isEqualTo("[{\"title\":\"third\"}]");
        assertThat(first.single().stripNulls().execute()).isEqualTo(Map.of("title", "third"));
    }

    @Test
    void explainsWhereThatIsAllowed() {
        Result<String> plan =
                Result.of(
                        () ->
                                live.tasks()
                                        .select()
                                        .eq("id", 1)
                                        .explain(ExplainOptions.text().analyze()));
        if (plan instanceof Result.Ok<String> text) {
            assertThat(text.data()).contains("sdk_tasks");
        } else {
            assertThat(((Result.Err<String>) plan).error().code()).contains("PGRST107");
        }
    }

    @Test
    void refusesGeojsonWithoutPostGis() {
        assertThat(refusal(() -> live.tasks().select().geojson()).status()).isPresent();
    }

    @Test
    void pagesByKey() {
        String run = live.run + "-pages";
        live.tasks()
                .insert(IntStream.range(0, 25).mapToObj(i -> Task.titled(run, "t" + i)).toList())
                .execute();
        try (Stream<Task> all =
                live.tasks().select().eq("run", run).stream(
                        Task.class, StreamOptions.by("id").pageSize(10))) {
            assertThat(all.map(Task::title)).hasSize(25).doesNotHaveDuplicates();
        }
        try (Stream<Task> some =
                live.tasks().select().eq("run", run).limit(12).stream(
                        Task.class, StreamOptions.by("title").pageSize(5))) {
            assertThat(some).hasSize(12);
        }
    }

    @Test
    void pagesByAKeyThatIsNamedLikeAParameter() {
        String run = live.run + "-orders";
        live.tasks()
                .insert(
                        IntStream.range(0, 5)
                                .mapToObj(i -> Map.of("run", run, "title", "t" + i, "order", i))
                                .toList())
                .execute();
        var orders = new TypeRef<Map<String, Integer>>() {};
        try (Stream<Map<String, Integer>> all =
                live.tasks().select("order").eq("run", run).stream(
                        orders, StreamOptions.by("order").pageSize(2))) {
            assertThat(all.map(row -> row.get("order"))).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void patchesInsideOfJson() {
        String run = live.run + "-patches";
        live.tasks().insert(Task.titled(run, "one")).execute();
        Patch address = Patch.of("city", null).set("no", Patch.of("a", 1));
        live.tasks().update(Patch.of("address", address)).eq("run", run).execute();
        assertThat(live.tasks().select("address").eq("run", run).single().executeRaw())
                .isEqualTo("{\"address\":{\"no\": {\"a\": 1}, \"city\": null}}");
    }

    @Test
    void changesReturnAndCountRows() {
        String run = live.run + "-changes";
        Task saved =
                live.tasks().insert(Task.titled(run, "one")).select().single().execute(Task.class);
        assertThat(saved.id()).isNotNull();
        assertThat(
                        live.tasks()
                                .insert(
                                        List.of(
                                                Task.titled(run, "two"),
                                                Map.of("run", run, "done", true)),
                                        InsertOptions.defaults().count(Count.EXACT))
                                .executeWithResponse()
                                .count())
                .hasValue(2);
        assertThat(live.tasks().update(Map.of("done", true)).eq("run", run).executeCount())
                .isEqualTo(3);
        assertThat(
                        live.tasks()
                                .update(Map.of("done", false), Count.EXACT)
                                .eq("id", saved.id())
                                .select("done")
                                .executeWithResponse(Task.class)
                                .count())
                .hasValue(1);
        assertThat(
                        refusal(
                                        () ->
                                                live.tasks()
                                                        .update(Map.of("done", true))
                                                        .eq("run", run)
                                                        .maxAffected(2)
                                                        .execute())
                                .isMaxAffectedExceeded())
                .isTrue();
        live.tasks().upsert(Map.of("id", saved.id(), "run", run, "title", "uno")).execute();
        live.tasks()
                .upsert(
                        List.of(Map.of("run", run, "title", "uno", "done", true)),
                        UpsertOptions.onConflict("run,title").ignoreDuplicates())
                .execute();
        Optional<Task> kept =
                live.tasks().select().eq("id", saved.id()).maybeSingle().execute(Task.class);
        assertThat(kept).map(Task::title).contains("uno");
        assertThat(kept).map(Task::done).contains(false);
        assertThat(live.tasks().delete(Count.EXACT).eq("run", run).select("id").execute())
                .hasSize(3);
    }

    @Test
    void callsFunctions() {
        Map<String, Object> sum = Map.of("a", 2, "b", 3);
        assertThat(live.database.rpc("sdk_add", sum).execute(Integer.class)).isEqualTo(5);
        assertThat(live.database.rpc("sdk_add", sum, RpcOptions.get()).execute(Integer.class))
                .isEqualTo(5);
        assertThat(live.database.rpc("sdk_nothing").execute(Object.class)).isNull();
        live.database.rpc("sdk_nothing").execute();
        assertThat(
                        live.database
                                .rpc("sdk_echo", Map.of("value", live.first.address()))
                                .execute(Address.class))
                .isEqualTo(live.first.address());
        assertThat(
                        live.database
                                .rpc(
                                        "sdk_join",
                                        Map.of("words", live.first.tags()),
                                        RpcOptions.get())
                                .execute(String.class))
                .isEqualTo("a|b,c|{d}|null|");
        RpcBuilder mine = live.database.rpc("sdk_tasks_of", Map.of("of_run", live.run));
        assertThat(mine.copy().select("title").order("title").limit(2).executeList(Task.class))
                .extracting(Task::title)
                .containsExactly("first", "second");
        assertThat(mine.copy().eq("done", true).single().execute(Task.class).title())
                .isEqualTo("first");
        assertThat(mine.copy().eq("title", "x").maybeSingle().execute(Task.class)).isEmpty();
        assertThat(mine.copy().execute(new TypeRef<List<Task>>() {})).hasSize(3);
        assertThat(
                        live.database
                                .rpc(
                                        "sdk_tasks_of",
                                        Map.of("of_run", live.run),
                                        RpcOptions.head().count(Count.EXACT))
                                .executeCount())
                .isEqualTo(3);
        assertThat(mine.copy().executeCount()).isEqualTo(3);
    }

    @Test
    void asksInTheBackground() {
        assertThat(live.tasks().select().eq("run", live.run).executeAsync(Task.class).join())
                .hasSize(3);
        assertThat(live.tasks().select().eq("run", live.run).executeCountAsync().join())
                .isEqualTo(3);
        assertThat(
                        live.database
                                .rpc("sdk_add", Map.of("a", 1, "b", 1))
                                .toResultAsync(Long.class)
                                .join()
                                .orElseThrow())
                .isEqualTo(2);
    }

    @Test
    void namesWhatTheServerRefuses() {
        assertThat(refusal(() -> live.tasks().insert(live.first).execute()).isUniqueViolation())
                .isTrue();
        assertThat(
                        refusal(() -> live.tasks().insert(Map.of("title", "x")).execute())
                                .isNotNullViolation())
                .isTrue();
        assertThat(
                        refusal(
                                        () ->
                                                live.database
                                                        .from("sdk_notes")
                                                        .insert(LiveTasks.note(-1L, "x"))
                                                        .execute())
                                .isForeignKeyViolation())
                .isTrue();
        assertThat(
                        refusal(() -> live.database.from("sdk_secrets").select().execute())
                                .isMissingGrant())
                .isTrue();
        assertThat(refusal(() -> live.database.from("sdk_none").select().execute()).isNotFound())
                .isTrue();
        assertThat(
                        refusal(() -> live.database.from("sdk_none").select().executeCount())
                                .isNotFound())
                .isTrue();
        assertThat(refusal(() -> live.database.rpc("sdk_none").execute()).isNotFound()).isTrue();
        assertThat(refusal(() -> live.tasks().delete().all().execute()).code()).contains("21000");
        assertThat(refusal(() -> live.database.schema("none").from("x").select().execute()).code())
                .contains("PGRST106");
    }

    @Test
    void explainsTheInsertWhoseRowMayNotBeRead() {
        live.database.from("sdk_letters").insert(Map.of("body", "dear")).execute();
        PostgrestException e =
                refusal(
                        () ->
                                live.database
                                        .from("sdk_letters")
                                        .insert(Map.of("body", "dear"))
                                        .select()
                                        .execute());
        assertThat(e.isRlsDenied()).isTrue();
        assertThat(e.hint().orElse("")).contains("without select()");
    }

    private static String bodies(SelectBuilder query) {
        return String.valueOf(query.single().execute().get("sdk_notes"));
    }

    private static PostgrestException refusal(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(PostgrestException.class, call);
    }
}
