package dev.hearth.clients.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.database.SelectBuilder;
import dev.hearth.client.database.TextSearch;
import dev.hearth.clients.sdk.LiveTasks.Task;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// Every filter, on columns of each kind.
@NullUnmarked
class FiltersTest {

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
    void comparesValuesOfEachType() {
        assertThat(live.titles(q -> q.eq("price", live.first.price()))).isEqualTo("first");
        assertThat(live.titles(q -> q.eq("price", 2.0))).isEqualTo("second");
        assertThat(live.titles(q -> q.eq("order", 7))).isEqualTo("second");
        assertThat(live.titles(q -> q.or(any -> any.eq("order", 7).eq("title", "third"))))
                .isEqualTo("second third");
        assertThat(live.titles(q -> q.eq("amount", 0.1))).isEqualTo("first");
        assertThat(live.titles(q -> q.eq("due", live.first.due()))).isEqualTo("first");
        assertThat(live.titles(q -> q.eq("day", live.first.day()))).isEqualTo("first");
        assertThat(live.titles(q -> q.eq("key", live.first.key()))).isEqualTo("first");
        assertThat(live.titles(q -> q.eq("tags", live.first.tags()))).isEqualTo("first");
        assertThat(live.titles(q -> q.eq("address", live.first.address()))).isEqualTo("first");
        assertThat(live.titles(q -> q.eq("address->>city", "Köln"))).isEqualTo("second");
        assertThat(live.titles(q -> q.eq("address->no", 3))).isEqualTo("first");
        assertThat(live.titles(q -> q.neq("title", "first"))).isEqualTo("second third");
        assertThat(live.titles(q -> q.gt("price", 2))).isEqualTo("first");
        assertThat(live.titles(q -> q.gte("price", 2))).isEqualTo("first second");
        assertThat(live.titles(q -> q.lt("price", 3))).isEqualTo("second");
        assertThat(live.titles(q -> q.lte("price", 2))).isEqualTo("second");
        assertThat(live.titles(q -> q.match(Map.of("title", "first", "done", true))))
                .isEqualTo("first");
    }

    @Test
    void comparesBytes() {
        live.tasks()
                .update(Map.of("data", "\\x00ff"))
                .eq("run", live.run)
                .eq("title", "third")
                .execute();
        assertThat(live.titles(q -> q.eq("data", new byte[] {0, -1}))).isEqualTo("third");
    }

    @Test
    void comparesTimesOfEveryAge() {
        String run = live.run + "-ages";
        for (Instant due :
                List.of(
                        Instant.MAX,
                        Instant.MIN,
                        Instant.parse("-0043-03-15T01:02:03.5Z"),
                        Instant.parse("0000-02-29T00:00:00Z"),
                        Instant.parse("+12345-01-02T03:04:05Z"))) {
            LocalDate day =
                    due.equals(Instant.MAX)
                            ? LocalDate.MAX
                            : due.equals(Instant.MIN)
                                    ? LocalDate.MIN
                                    : LocalDate.ofInstant(due, ZoneOffset.UTC);
            live.tasks().insert(Map.of("run", run, "due", due, "day", day)).execute();
            Task found =
                    live.tasks()
                            .select()
                            .eq("run", run)
                            .in("due", List.of(due))
                            .or(any -> any.eq("day", day))
                            .single()
                            .execute(Task.class);
            assertThat(found.due()).isEqualTo(due);
            assertThat(found.day()).isEqualTo(day);
        }
    }

    @Test
    void comparesNumbersWithoutLoss() {
        String run = live.run + "-numbers";
        for (Number price :
                List.of(
                        9007199254740993L,
                        new BigDecimal("1.50000000000000000000000000000000001"),
                        new BigDecimal("1E+30"),
                        1e-7,
                        Double.NaN)) {
            live.tasks().insert(Map.of("run", run, "price", price)).execute();
            assertThat(
                            live.tasks()
                                    .select("id")
                                    .eq("run", run)
                                    .eq("price", price)
                                    .in("price", List.of(price))
                                    .or(any -> any.eq("price", price))
                                    .execute())
                    .as("%s", price)
                    .hasSize(1);
        }
    }

    @Test
    void findsKeysOfJsonByTheirQuotedNames() {
        String run = live.run + "-paths";
        live.tasks()
                .insert(Map.of("run", run, "address", Map.of("a.b", "x,y", "c(d)", List.of(7))))
                .execute();
        SelectBuilder paths = live.tasks().select("id").eq("run", run);
        assertThat(paths.copy().eq("address->>\"a.b\"", "x,y").execute()).hasSize(1);
        assertThat(
                        paths.copy()
                                .or(
                                        any ->
                                                any.eq("address->>\"a.b\"", "no")
                                                        .eq("address->\"c(d)\"->0", 7))
                                .order("address->>\"a.b\"")
                                .execute())
                .hasSize(1);
    }

    @Test
    void takesAnAsteriskForAnyTextInPatterns() {
        assertThat(live.titles(q -> q.like("title", "*ir*"))).isEqualTo("first third");
        assertThat(live.titles(q -> q.or(any -> any.likeAnyOf("title", List.of("s*", "t*")))))
                .isEqualTo("second third");
    }

    @Test
    void matchesPatterns() {
        assertThat(live.titles(q -> q.like("title", "%ir%"))).isEqualTo("first third");
        assertThat(live.titles(q -> q.like("title", "%IR%"))).isEmpty();
        assertThat(live.titles(q -> q.ilike("title", "%IR%"))).isEqualTo("first third");
        assertThat(live.titles(q -> q.likeAllOf("title", List.of("%ir%", "t%"))))
                .isEqualTo("third");
        assertThat(live.titles(q -> q.likeAnyOf("title", List.of("s%", "t%"))))
                .isEqualTo("second third");
        assertThat(live.titles(q -> q.ilikeAllOf("title", List.of("%IR%", "T%"))))
                .isEqualTo("third");
        assertThat(live.titles(q -> q.ilikeAnyOf("title", List.of("S%", "a,b", "\""))))
                .isEqualTo("second");
        assertThat(live.titles(q -> q.regexMatch("title", "^(f|s)"))).isEqualTo("first second");
        assertThat(live.titles(q -> q.regexIMatch("title", "^F"))).isEqualTo("first");
    }

    @Test
    void knowsNulls() {
        assertThat(live.titles(q -> q.is("done", null))).isEqualTo("third");
        assertThat(live.titles(q -> q.is("done", true))).isEqualTo("first");
        assertThat(live.titles(q -> q.not("done", "is", null))).isEqualTo("first second");
        assertThat(live.titles(q -> q.isDistinct("done", true))).isEqualTo("second third");
        assertThat(live.titles(q -> q.isDistinct("done", null))).isEqualTo("first second");
        assertThat(live.titles(q -> q.not("done", "isdistinct", null))).isEqualTo("third");
    }

    @Test
    void knowsListsArraysRangesAndObjects() {
        assertThat(live.titles(q -> q.in("title", List.of("first", "third"))))
                .isEqualTo("first third");
        assertThat(live.titles(q -> q.in("title", List.of()))).isEmpty();
        assertThat(live.titles(q -> q.notIn("title", List.of("first", "x,y"))))
                .isEqualTo("second third");
        assertThat(live.titles(q -> q.contains("tags", List.of("b,c", "{d}", "null", ""))))
                .isEqualTo("first");
        assertThat(live.titles(q -> q.containedBy("tags", live.first.tags()))).isEqualTo("first");
        assertThat(live.titles(q -> q.overlaps("tags", List.of("x", "a")))).isEqualTo("first");
        assertThat(live.titles(q -> q.contains("address", Map.of("city", "Köln"))))
                .isEqualTo("second");
        assertThat(live.titles(q -> q.containedBy("address", live.first.address())))
                .isEqualTo("first");
        assertThat(live.titles(q -> q.contains("booked", "[2,3)"))).isEqualTo("first");
        assertThat(live.titles(q -> q.rangeGt("booked", "[1,5)"))).isEqualTo("second");
        assertThat(live.titles(q -> q.rangeGte("booked", "[5,6)"))).isEqualTo("second");
        assertThat(live.titles(q -> q.rangeLt("booked", "[5,6)"))).isEqualTo("first");
        assertThat(live.titles(q -> q.rangeLte("booked", "[1,5)"))).isEqualTo("first");
        assertThat(live.titles(q -> q.rangeAdjacent("booked", "[9,10)"))).isEqualTo("second");
        assertThat(live.titles(q -> q.overlaps("booked", "[4,6)"))).isEqualTo("first second");
    }

    @Test
    void searchesText() {
        assertThat(live.titles(q -> q.textSearch("title", "first | second")))
                .isEqualTo("first second");
        assertThat(
                        live.titles(
                                q ->
                                        q.textSearch(
                                                "title",
                                                "third",
                                                TextSearch.plain().config("english"))))
                .isEqualTo("third");
        assertThat(live.titles(q -> q.textSearch("title", "third", TextSearch.phrase())))
                .isEqualTo("third");
        assertThat(live.titles(q -> q.textSearch("title", "-first", TextSearch.websearch())))
                .isEqualTo("second third");
        assertThat(live.titles(q -> q.or(any -> any.textSearch("title", "first & !(second)"))))
                .isEqualTo("first");
    }

    @Test
    void joinsConditions() {
        assertThat(live.titles(q -> q.or("title.eq.first,done.is.null"))).isEqualTo("first third");
        assertThat(
                        live.titles(
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
        assertThat(live.titles(q -> q.not(all -> all.eq("title", "first").eq("done", true))))
                .isEqualTo("second third");
        assertThat(live.titles(q -> q.and("title.eq.first,done.is.true"))).isEqualTo("first");
        assertThat(live.titles(q -> q.or(any -> any.likeAnyOf("title", List.of("f%", "a,b")))))
                .isEqualTo("first");
        assertThat(live.titles(q -> q.or(any -> any.contains("address", live.first.address()))))
                .isEqualTo("first");
        assertThat(
                        live.titles(
                                q ->
                                        q.or(
                                                any ->
                                                        any.contains("booked", "[2,3)")
                                                                .or("title.eq.third"))))
                .isEqualTo("first third");
    }
}
