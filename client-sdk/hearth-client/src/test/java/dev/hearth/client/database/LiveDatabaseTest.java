package dev.hearth.client.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.client.error.PostgrestException;
import dev.hearth.client.error.Result;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.json.TypeRef;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Every method of the builders against a real server, which holds the tables of
/// `src/test/project`:
///
/// ```text
/// ./hearth start --project client-sdk/hearth-client/src/test/project
/// mvn verify -Dhearth.live.url=http://127.0.0.1:54321 -Dhearth.live.key=sb_publishable_…
/// ```
@Tag("live")
@EnabledIfSystemProperty(named = "hearth.live.url", matches = ".+")
@NullUnmarked
class LiveDatabaseTest {

    private static final String RUN = UUID.randomUUID().toString();
    private static final UUID KEY = UUID.randomUUID();

    /// What a filter by text must survive.
    static final List<String> ODD =
            List.of(
                    "",
                    " ",
                    "a,b",
                    "a.b",
                    "(a)",
                    ")",
                    "\"a\"",
                    "\"",
                    "a\"b",
                    "\\",
                    "a\\",
                    "\\\"",
                    "{a,b}",
                    "}",
                    "null",
                    "NULL",
                    "in.(1)",
                    "not.eq.1",
                    "a b ",
                    " a",
                    "é+&=#?%20",
                    "*%_",
                    "a:b::c",
                    "line\nline\ttab",
                    "日本 😀",
                    "'; drop table x; --");

    private static Backend backend;
    private static DatabaseClient db;

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

    private static final Task FIRST =
            new Task(
                    null,
                    RUN,
                    "first",
                    true,
                    new BigDecimal("12345678901234567890.123456789"),
                    0.1,
                    List.of("a", "b,c", "{d}", "null", ""),
                    new Address("Ulm", 3),
                    "[1,5)",
                    Instant.parse("2027-01-02T03:04:05.678901Z"),
                    LocalDate.parse("2027-01-02"),
                    KEY);

    @BeforeAll
    static void rows() {
        backend =
                FakeApi.backend(
                        System.getProperty("hearth.live.url"),
                        System.getProperty("hearth.live.key", ""));
        db = new DatabaseClient(backend, DatabaseOptions.builder().build());
        tasks().insert(FIRST).execute();
        var second = new LinkedHashMap<String, Object>();
        second.put("run", RUN);
        second.put("title", "second");
        second.put("order", 7);
        second.put("done", false);
        second.put("price", 2);
        second.put("booked", "[5,9)");
        second.put("address", Map.of("city", "Köln"));
        tasks().insert(second).execute();
        tasks().insert(Task.titled(RUN, "third")).execute();
        tasks().insert(ODD.stream().map(text -> Task.titled(RUN + "-odd", text)).toList())
                .execute();
        Long first = select(q -> q.eq("title", "first")).get(0).id();
        db.from("sdk_notes")
                .insert(List.of(note(first, "n1"), note(first, "n2"), note(first, "n3")))
                .execute();
    }

    @AfterAll
    static void close() {
        tasks().delete().like("run", RUN + "%").execute();
        backend.http().close();
        backend.tasks().close();
        backend.timers().close();
    }

    private static Map<String, Object> note(@Nullable Long task, String body) {
        return Map.of("task", String.valueOf(task), "body", body);
    }

    private static QueryBuilder tasks() {
        return db.from("sdk_tasks");
    }

    private static List<Task> select(UnaryOperator<SelectBuilder> said) {
        return said.apply(tasks().select().eq("run", RUN)).order("id").execute(Task.class);
    }

    private static String titles(UnaryOperator<SelectBuilder> said) {
        return String.join(" ", select(said).stream().map(Task::title).toList());
    }

    @Test
    void givesBackWhatWasWritten() {
        Task read = select(q -> q.eq("title", "first")).get(0);
        assertThat(read).usingRecursiveComparison().ignoringFields("id").isEqualTo(FIRST);
    }

    @Test
    void comparesValuesOfEachType() {
        assertThat(titles(q -> q.eq("price", FIRST.price()))).isEqualTo("first");
        assertThat(titles(q -> q.eq("price", 2.0))).isEqualTo("second");
        assertThat(titles(q -> q.eq("order", 7))).isEqualTo("second");
        assertThat(titles(q -> q.or(any -> any.eq("order", 7).eq("title", "third"))))
                .isEqualTo("second third");
        assertThat(titles(q -> q.eq("amount", 0.1))).isEqualTo("first");
        assertThat(titles(q -> q.eq("due", FIRST.due()))).isEqualTo("first");
        assertThat(titles(q -> q.eq("day", FIRST.day()))).isEqualTo("first");
        assertThat(titles(q -> q.eq("key", KEY))).isEqualTo("first");
        assertThat(titles(q -> q.eq("tags", FIRST.tags()))).isEqualTo("first");
        assertThat(titles(q -> q.eq("address", FIRST.address()))).isEqualTo("first");
        assertThat(titles(q -> q.eq("address->>city", "Köln"))).isEqualTo("second");
        assertThat(titles(q -> q.eq("address->no", 3))).isEqualTo("first");
        assertThat(titles(q -> q.neq("title", "first"))).isEqualTo("second third");
        assertThat(titles(q -> q.gt("price", 2))).isEqualTo("first");
        assertThat(titles(q -> q.gte("price", 2))).isEqualTo("first second");
        assertThat(titles(q -> q.lt("price", 3))).isEqualTo("second");
        assertThat(titles(q -> q.lte("price", 2))).isEqualTo("second");
        assertThat(titles(q -> q.match(Map.of("title", "first", "done", true)))).isEqualTo("first");
    }

    @Test
    void comparesBytes() {
        tasks().update(Map.of("data", "\\x00ff")).eq("run", RUN).eq("title", "third").execute();
        assertThat(titles(q -> q.eq("data", new byte[] {0, -1}))).isEqualTo("third");
    }

    @Test
    void matchesPatterns() {
        assertThat(titles(q -> q.like("title", "%ir%"))).isEqualTo("first third");
        assertThat(titles(q -> q.like("title", "%IR%"))).isEmpty();
        assertThat(titles(q -> q.ilike("title", "%IR%"))).isEqualTo("first third");
        assertThat(titles(q -> q.likeAllOf("title", List.of("%ir%", "t%")))).isEqualTo("third");
        assertThat(titles(q -> q.likeAnyOf("title", List.of("s%", "t%"))))
                .isEqualTo("second third");
        assertThat(titles(q -> q.ilikeAllOf("title", List.of("%IR%", "T%")))).isEqualTo("third");
        assertThat(titles(q -> q.ilikeAnyOf("title", List.of("S%", "a,b", "\""))))
                .isEqualTo("second");
        assertThat(titles(q -> q.regexMatch("title", "^(f|s)"))).isEqualTo("first second");
        assertThat(titles(q -> q.regexIMatch("title", "^F"))).isEqualTo("first");
    }

    @Test
    void knowsNulls() {
        assertThat(titles(q -> q.is("done", null))).isEqualTo("third");
        assertThat(titles(q -> q.is("done", true))).isEqualTo("first");
        assertThat(titles(q -> q.not("done", "is", null))).isEqualTo("first second");
        assertThat(titles(q -> q.isDistinct("done", true))).isEqualTo("second third");
        assertThat(titles(q -> q.isDistinct("done", null))).isEqualTo("first second");
        assertThat(titles(q -> q.not("done", "isdistinct", null))).isEqualTo("third");
    }

    @Test
    void knowsListsArraysRangesAndObjects() {
        assertThat(titles(q -> q.in("title", List.of("first", "third")))).isEqualTo("first third");
        assertThat(titles(q -> q.in("title", List.of()))).isEmpty();
        assertThat(titles(q -> q.notIn("title", List.of("first", "x,y"))))
                .isEqualTo("second third");
        assertThat(titles(q -> q.contains("tags", List.of("b,c", "{d}", "null", ""))))
                .isEqualTo("first");
        assertThat(titles(q -> q.containedBy("tags", FIRST.tags()))).isEqualTo("first");
        assertThat(titles(q -> q.overlaps("tags", List.of("x", "a")))).isEqualTo("first");
        assertThat(titles(q -> q.contains("address", Map.of("city", "Köln")))).isEqualTo("second");
        assertThat(titles(q -> q.containedBy("address", FIRST.address()))).isEqualTo("first");
        assertThat(titles(q -> q.contains("booked", "[2,3)"))).isEqualTo("first");
        assertThat(titles(q -> q.rangeGt("booked", "[1,5)"))).isEqualTo("second");
        assertThat(titles(q -> q.rangeGte("booked", "[5,6)"))).isEqualTo("second");
        assertThat(titles(q -> q.rangeLt("booked", "[5,6)"))).isEqualTo("first");
        assertThat(titles(q -> q.rangeLte("booked", "[1,5)"))).isEqualTo("first");
        assertThat(titles(q -> q.rangeAdjacent("booked", "[9,10)"))).isEqualTo("second");
        assertThat(titles(q -> q.overlaps("booked", "[4,6)"))).isEqualTo("first second");
    }

    @Test
    void searchesText() {
        assertThat(titles(q -> q.textSearch("title", "first | second"))).isEqualTo("first second");
        assertThat(
                        titles(
                                q ->
                                        q.textSearch(
                                                "title",
                                                "third",
                                                TextSearch.plain().config("english"))))
                .isEqualTo("third");
        assertThat(titles(q -> q.textSearch("title", "third", TextSearch.phrase())))
                .isEqualTo("third");
        assertThat(titles(q -> q.textSearch("title", "-first", TextSearch.websearch())))
                .isEqualTo("second third");
        assertThat(titles(q -> q.or(any -> any.textSearch("title", "first & !(second)"))))
                .isEqualTo("first");
    }

    @Test
    void joinsConditions() {
        assertThat(titles(q -> q.or("title.eq.first,done.is.null"))).isEqualTo("first third");
        assertThat(
                        titles(
                                q ->
                                        q.or(
                                                any ->
                                                        any.contains(
                                                                        "tags",
                                                                        List.of("b,c", "\"", "{d}"))
                                                                .in(
                                                                        "title",
                                                                        List.of("second", "x)y"))
                                                                .and(
                                                                        all ->
                                                                                all.is("done", null)
                                                                                        .like(
                                                                                                "title",
                                                                                                "t,h(")))))
                .isEqualTo("second");
        assertThat(titles(q -> q.not(all -> all.eq("title", "first").eq("done", true))))
                .isEqualTo("second third");
        assertThat(titles(q -> q.and("title.eq.first,done.is.true"))).isEqualTo("first");
        assertThat(titles(q -> q.or(any -> any.likeAnyOf("title", List.of("f%", "a,b")))))
                .isEqualTo("first");
        assertThat(titles(q -> q.or(any -> any.contains("address", FIRST.address()))))
                .isEqualTo("first");
        assertThat(titles(q -> q.or(any -> any.contains("booked", "[2,3)").or("title.eq.third"))))
                .isEqualTo("first third");
    }

    @Test
    void findsEveryOddTextAgain() {
        for (String text : ODD) {
            SelectBuilder odd = tasks().select("title").eq("run", RUN + "-odd");
            List<Map<String, Object>> found = List.of(Map.of("title", text));
            assertThat(odd.copy().eq("title", text).execute()).isEqualTo(found);
            assertThat(odd.copy().in("title", List.of(text)).execute()).isEqualTo(found);
            assertThat(odd.copy().or(any -> any.eq("title", text)).execute()).isEqualTo(found);
            assertThat(odd.copy().or(any -> any.in("title", List.of(text, "x"))).execute())
                    .isEqualTo(found);
            assertThat(
                            db.rpc("sdk_join", Map.of("words", List.of(text, "x")))
                                    .execute(String.class))
                    .isEqualTo(text + "|x");
        }
    }

    @Test
    void findsTextsOfAnySortAgain() {
        String run = RUN + "-any";
        var random = new Random(7);
        String letters = " ,.()[]{}\"\\:*%'nul&=+#é日\n\t";
        List<String> texts =
                Stream.generate(
                                () ->
                                        random.ints(random.nextInt(7), 0, letters.length())
                                                .mapToObj(i -> String.valueOf(letters.charAt(i)))
                                                .collect(Collectors.joining()))
                        .distinct()
                        .limit(80)
                        .toList();
        tasks().insert(
                        texts.stream()
                                .map(
                                        text ->
                                                Map.of(
                                                        "run",
                                                        run,
                                                        "title",
                                                        text,
                                                        "tags",
                                                        List.of(text)))
                                .toList())
                .execute();
        for (String text : texts) {
            SelectBuilder any = tasks().select("title").eq("run", run);
            List<Map<String, Object>> found = List.of(Map.of("title", text));
            assertThat(any.copy().in("title", List.of(text, "no")).execute()).isEqualTo(found);
            assertThat(any.copy().contains("tags", List.of(text)).execute()).isEqualTo(found);
            assertThat(
                            any.copy()
                                    .eq("title", text)
                                    .or(or -> or.eq("tags", List.of(text)).eq("title", "no"))
                                    .execute())
                    .isEqualTo(found);
        }
        assertThat(tasks().select("id").eq("run", run).in("title", texts).execute()).hasSize(80);
    }

    @Test
    void carriesEveryOddTextInAnArray() {
        for (String text : ODD) {
            tasks().update(Map.of("tags", List.of(text, "x")))
                    .eq("run", RUN + "-odd")
                    .eq("title", text)
                    .execute();
            assertThat(
                            tasks().select("title")
                                    .eq("run", RUN + "-odd")
                                    .eq("title", text)
                                    .contains("tags", List.of(text))
                                    .or(any -> any.eq("tags", List.of(text, "x")))
                                    .execute())
                    .hasSize(1);
        }
    }

    @Test
    void embedsAndShapesReferencedTables() {
        SelectBuilder first =
                tasks().select("id, sdk_notes(body)").eq("run", RUN).eq("title", "first");
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

    private static String bodies(SelectBuilder query) {
        return String.valueOf(query.single().execute().get("sdk_notes"));
    }

    @Test
    void ordersLimitsAndCounts() {
        PostgrestResponse<List<Task>> page =
                tasks().select("*", Count.EXACT)
                        .eq("run", RUN)
                        .order("price", Order.desc().nullsLast())
                        .range(1, 1)
                        .executeWithResponse(Task.class);
        assertThat(page.data()).extracting(Task::title).containsExactly("second");
        assertThat(page.count()).hasValue(3);
        assertThat(page.status()).isEqualTo(206);
        assertThat(tasks().select().eq("run", RUN).limit(1).executeCount()).isEqualTo(3);
        assertThat(titles(q -> q.limit(2))).isEqualTo("first second");
        assertThat(
                        tasks().select("id", Count.PLANNED)
                                .executeWithResponse(new TypeRef<Task>() {})
                                .count())
                .isPresent();
        assertThat(tasks().select("id", Count.ESTIMATED).executeWithResponse(Task.class).count())
                .isPresent();
    }

    @Test
    void readsOneRowOrNone() {
        SelectBuilder first = tasks().select().eq("run", RUN).eq("title", "first");
        assertThat(first.single().execute(Task.class).title()).isEqualTo("first");
        assertThat(first.maybeSingle().execute(Task.class)).map(Task::title).contains("first");
        assertThat(tasks().select().eq("run", "none").maybeSingle().execute(Task.class)).isEmpty();
        assertThat(
                        refusal(() -> tasks().select().eq("run", "none").single().execute())
                                .isNotSingle())
                .isTrue();
        assertThat(
                        refusal(() -> tasks().select().eq("run", RUN).maybeSingle().execute())
                                .isNotSingle())
                .isTrue();
    }

    @Test
    void readsOtherShapes() {
        SelectBuilder first =
                tasks().select("title,done,day,amount").eq("run", RUN).eq("title", "third");
        assertThat(first.csv()).isEqualTo("title,done,day,amount\nthird,,,");
        assertThat(first.copy().stripNulls().executeRaw()).isEqualTo("[{\"title\":\"third\"}]");
        assertThat(first.single().stripNulls().execute()).isEqualTo(Map.of("title", "third"));
    }

    @Test
    void explainsWhereThatIsAllowed() {
        Result<String> plan =
                Result.of(
                        () ->
                                tasks().select()
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
        assertThat(refusal(() -> tasks().select().geojson()).status()).isPresent();
    }

    @Test
    void pagesByKey() {
        String run = RUN + "-pages";
        tasks().insert(IntStream.range(0, 25).mapToObj(i -> Task.titled(run, "t" + i)).toList())
                .execute();
        try (Stream<Task> all =
                tasks().select().eq("run", run).stream(
                        Task.class, StreamOptions.by("id").pageSize(10))) {
            assertThat(all.map(Task::title)).hasSize(25).doesNotHaveDuplicates();
        }
        try (Stream<Task> some =
                tasks().select().eq("run", run).limit(12).stream(
                        Task.class, StreamOptions.by("title").pageSize(5))) {
            assertThat(some).hasSize(12);
        }
    }

    @Test
    void changesReturnAndCountRows() {
        String run = RUN + "-changes";
        Task saved = tasks().insert(Task.titled(run, "one")).select().single().execute(Task.class);
        assertThat(saved.id()).isNotNull();
        assertThat(
                        tasks().insert(
                                        List.of(
                                                Task.titled(run, "two"),
                                                Map.of("run", run, "done", true)),
                                        InsertOptions.defaults().count(Count.EXACT))
                                .executeWithResponse()
                                .count())
                .hasValue(2);
        assertThat(tasks().update(Map.of("done", true)).eq("run", run).executeCount()).isEqualTo(3);
        assertThat(
                        tasks().update(Map.of("done", false), Count.EXACT)
                                .eq("id", saved.id())
                                .select("done")
                                .executeWithResponse(Task.class)
                                .count())
                .hasValue(1);
        assertThat(
                        refusal(
                                        () ->
                                                tasks().update(Map.of("done", true))
                                                        .eq("run", run)
                                                        .maxAffected(2)
                                                        .execute())
                                .isMaxAffectedExceeded())
                .isTrue();
        tasks().upsert(Map.of("id", saved.id(), "run", run, "title", "uno")).execute();
        tasks().upsert(
                        List.of(Map.of("run", run, "title", "uno", "done", true)),
                        UpsertOptions.onConflict("run,title").ignoreDuplicates())
                .execute();
        Optional<Task> kept =
                tasks().select().eq("id", saved.id()).maybeSingle().execute(Task.class);
        assertThat(kept).map(Task::title).contains("uno");
        assertThat(kept).map(Task::done).contains(false);
        assertThat(tasks().delete(Count.EXACT).eq("run", run).select("id").execute()).hasSize(3);
    }

    @Test
    void callsFunctions() {
        Map<String, Object> sum = Map.of("a", 2, "b", 3);
        assertThat(db.rpc("sdk_add", sum).execute(Integer.class)).isEqualTo(5);
        assertThat(db.rpc("sdk_add", sum, RpcOptions.get()).execute(Integer.class)).isEqualTo(5);
        assertThat(db.rpc("sdk_nothing").execute(Object.class)).isNull();
        db.rpc("sdk_nothing").execute();
        assertThat(db.rpc("sdk_echo", Map.of("value", FIRST.address())).execute(Address.class))
                .isEqualTo(FIRST.address());
        assertThat(
                        db.rpc("sdk_join", Map.of("words", FIRST.tags()), RpcOptions.get())
                                .execute(String.class))
                .isEqualTo("a|b,c|{d}|null|");
        RpcBuilder mine = db.rpc("sdk_tasks_of", Map.of("of_run", RUN));
        assertThat(mine.copy().select("title").order("title").limit(2).executeList(Task.class))
                .extracting(Task::title)
                .containsExactly("first", "second");
        assertThat(mine.copy().eq("done", true).single().execute(Task.class).title())
                .isEqualTo("first");
        assertThat(mine.copy().eq("title", "x").maybeSingle().execute(Task.class)).isEmpty();
        assertThat(mine.copy().execute(new TypeRef<List<Task>>() {})).hasSize(3);
        assertThat(
                        db.rpc(
                                        "sdk_tasks_of",
                                        Map.of("of_run", RUN),
                                        RpcOptions.head().count(Count.EXACT))
                                .executeCount())
                .isEqualTo(3);
        assertThat(mine.copy().executeCount()).isEqualTo(3);
    }

    @Test
    void asksInTheBackground() {
        assertThat(tasks().select().eq("run", RUN).executeAsync(Task.class).join()).hasSize(3);
        assertThat(tasks().select().eq("run", RUN).executeCountAsync().join()).isEqualTo(3);
        assertThat(
                        db.rpc("sdk_add", Map.of("a", 1, "b", 1))
                                .toResultAsync(Long.class)
                                .join()
                                .orElseThrow())
                .isEqualTo(2);
    }

    @Test
    void namesWhatTheServerRefuses() {
        assertThat(refusal(() -> tasks().insert(FIRST).execute()).isUniqueViolation()).isTrue();
        assertThat(
                        refusal(() -> tasks().insert(Map.of("title", "x")).execute())
                                .isNotNullViolation())
                .isTrue();
        assertThat(
                        refusal(() -> db.from("sdk_notes").insert(note(-1L, "x")).execute())
                                .isForeignKeyViolation())
                .isTrue();
        assertThat(refusal(() -> db.from("sdk_secrets").select().execute()).isMissingGrant())
                .isTrue();
        assertThat(refusal(() -> db.from("sdk_none").select().execute()).isNotFound()).isTrue();
        assertThat(refusal(() -> db.from("sdk_none").select().executeCount()).isNotFound())
                .isTrue();
        assertThat(refusal(() -> db.rpc("sdk_none").execute()).isNotFound()).isTrue();
        assertThat(refusal(() -> tasks().delete().all().execute()).code()).contains("21000");
        assertThat(refusal(() -> db.schema("none").from("x").select().execute()).code())
                .contains("PGRST106");
    }

    @Test
    void explainsTheInsertWhoseRowMayNotBeRead() {
        db.from("sdk_letters").insert(Map.of("body", "dear")).execute();
        PostgrestException e =
                refusal(
                        () ->
                                db.from("sdk_letters")
                                        .insert(Map.of("body", "dear"))
                                        .select()
                                        .execute());
        assertThat(e.isRlsDenied()).isTrue();
        assertThat(e.hint().orElse("")).contains("without select()");
    }

    private static PostgrestException refusal(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(PostgrestException.class, call);
    }
}
