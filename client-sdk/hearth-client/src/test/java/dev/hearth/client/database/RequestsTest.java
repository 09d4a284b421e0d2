package dev.hearth.client.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.client.error.Result;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

import okhttp3.Headers;

import okio.ByteString;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Each call sends what supabase-js sends: `requests.tsv` was recorded from the real one, line by
/// line.
@NullUnmarked
class RequestsTest {

    private static final Map<String, Function<DatabaseClient, Object>> CALLS = calls();

    private record Line(
            String name,
            String method,
            String target,
            String accept,
            String prefer,
            String schema,
            String contentType,
            String body) {

        static Line of(String text) {
            String[] part = text.split("\t", -1);
            return new Line(
                    part[0],
                    part[1],
                    part[2],
                    part[3],
                    part[4].replace(", ", ","),
                    part[5],
                    part[6],
                    part[7]);
        }

        /// What was sent, in the same form. `*/*` is what a request without `Accept` means.
        static Line of(String name, RecordedRequest sent) {
            Headers headers = sent.getHeaders();
            String read = headers.get("Accept-Profile");
            ByteString body = sent.getBody();
            return new Line(
                    name,
                    sent.getMethod(),
                    sent.getTarget(),
                    or(headers.get("Accept"), "*/*"),
                    or(headers.get("Prefer"), "-").replace(", ", ","),
                    read == null
                            ? "content-profile " + headers.get("Content-Profile")
                            : "accept-profile " + read,
                    or(headers.get("Content-Type"), "-"),
                    body == null || body.size() == 0 ? "-" : body.utf8());
        }

        private static String or(String value, String otherwise) {
            return value == null ? otherwise : value;
        }
    }

    @TestFactory
    Stream<DynamicTest> sendsWhatSupabaseJsSends() throws IOException {
        return recorded().stream()
                .filter(line -> CALLS.containsKey(line.name()))
                .map(line -> DynamicTest.dynamicTest(line.name(), () -> compare(line)));
    }

    @Test
    void everyRecordedCallIsMade() throws IOException {
        assertThat(recorded())
                .extracting(Line::name)
                .containsExactlyInAnyOrderElementsOf(CALLS.keySet());
    }

    private static void compare(Line expected) throws Exception {
        try (var api = new FakeApi()) {
            api.server.setDispatcher(new Empty());
            Result<Object> unused = Result.of(() -> CALLS.get(expected.name()).apply(api.database));
            Line sent = Line.of(expected.name(), api.asked());
            if (expected.body().startsWith("{") || expected.body().startsWith("[")) {
                var json = new ObjectMapper();
                assertThat(json.readTree(sent.body())).isEqualTo(json.readTree(expected.body()));
                assertThat(sent)
                        .usingRecursiveComparison()
                        .ignoringFields("body")
                        .isEqualTo(expected);
            } else {
                assertThat(sent).isEqualTo(expected);
            }
        }
    }

    private static List<Line> recorded() throws IOException {
        try (InputStream file = RequestsTest.class.getResourceAsStream("requests.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Line::of)
                    .toList();
        }
    }

    /// No rows, and a count.
    private static final class Empty extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder()
                    .addHeader("Content-Type", "application/json")
                    .addHeader("Content-Range", "0-0/1")
                    .body("HEAD".equals(request.getMethod()) ? "" : "[]")
                    .build();
        }
    }

    private static Map<String, Function<DatabaseClient, Object>> calls() {
        var calls = new LinkedHashMap<String, Function<DatabaseClient, Object>>();
        calls.putAll(reads());
        calls.putAll(filters());
        calls.putAll(transforms());
        calls.putAll(mutations());
        calls.putAll(functions());
        return calls;
    }

    private static Function<DatabaseClient, Object> read(
            Function<SelectBuilder, SelectBuilder> said) {
        return db -> said.apply(db.from("tasks").select()).execute();
    }

    private static Function<DatabaseClient, Object> notes(
            Function<SelectBuilder, SelectBuilder> said) {
        return db -> said.apply(db.from("tasks").select("*,notes(*)")).execute();
    }

    private static Map<String, Function<DatabaseClient, Object>> reads() {
        var calls = new LinkedHashMap<String, Function<DatabaseClient, Object>>();
        calls.put("select", read(q -> q));
        calls.put(
                "selectColumns",
                db ->
                        db.from("tasks")
                                .select("id, title, \"odd name\", owner:profiles!inner(full_name)")
                                .execute());
        calls.put("selectWithCount", db -> db.from("tasks").select("*", Count.EXACT).execute());
        calls.put(
                "selectWithPlannedCount",
                db -> db.from("tasks").select("id", Count.PLANNED).execute());
        calls.put(
                "selectWithEstimatedCount",
                db -> db.from("tasks").select("id", Count.ESTIMATED).execute());
        calls.put("executeCount", db -> db.from("tasks").select().eq("org", 7).executeCount());
        calls.put("relationWithABlank", db -> db.from("my tasks").select().execute());
        calls.put("schema", db -> db.schema("app").from("tasks").select().execute());
        calls.put(
                "schemaOfAChange",
                db -> db.schema("app").from("tasks").insert(Map.of("a", 1)).toResult());
        return calls;
    }

    private static Map<String, Function<DatabaseClient, Object>> filters() {
        var calls = new LinkedHashMap<String, Function<DatabaseClient, Object>>();
        calls.put("eq", read(q -> q.eq("id", 7)));
        calls.put("eqOfText", read(q -> q.eq("title", "a,b.(c) \"d\" \\e é +&=")));
        calls.put("eqOfABoolean", read(q -> q.eq("done", true)));
        calls.put("eqOfAFraction", read(q -> q.eq("price", new BigDecimal("1.5"))));
        calls.put("eqOfAWholeDouble", read(q -> q.eq("price", 1e10)));
        calls.put(
                "eqOfAnInstant", read(q -> q.eq("at", Instant.parse("2027-01-02T03:04:05.678Z"))));
        calls.put("eqOfAJsonPath", read(q -> q.eq("address->>city", "Ulm")));
        calls.put(
                "eqOfAReferencedTable",
                db ->
                        db.from("tasks")
                                .select("*,owner!inner(*)")
                                .eq("owner.name", "Ann")
                                .execute());
        calls.put("neq", read(q -> q.neq("id", 7)));
        calls.put("gt", read(q -> q.gt("id", 7)));
        calls.put("gte", read(q -> q.gte("id", 7)));
        calls.put("lt", read(q -> q.lt("id", 7)));
        calls.put("lte", read(q -> q.lte("id", 7)));
        calls.put("like", read(q -> q.like("title", "%a_b%")));
        calls.put("likeAllOf", read(q -> q.likeAllOf("title", List.of("%a%", "%b%"))));
        calls.put("likeAnyOf", read(q -> q.likeAnyOf("title", List.of("%a%", "%b%"))));
        calls.put("ilike", read(q -> q.ilike("title", "%a%")));
        calls.put("ilikeAllOf", read(q -> q.ilikeAllOf("title", List.of("%a%", "%b%"))));
        calls.put("ilikeAnyOf", read(q -> q.ilikeAnyOf("title", List.of("%a%", "%b%"))));
        calls.put("regexMatch", read(q -> q.regexMatch("title", "^a.*[b(]$")));
        calls.put("regexIMatch", read(q -> q.regexIMatch("title", "^a")));
        calls.put("isNull", read(q -> q.is("owner", null)));
        calls.put("isTrue", read(q -> q.is("done", true)));
        calls.put("isDistinct", read(q -> q.isDistinct("owner", 7)));
        calls.put("in", read(q -> q.in("id", List.of(1, 2, 2, 3))));
        calls.put("inOfText", read(q -> q.in("title", List.of("a", "b,c", "d(e)", "f.g"))));
        calls.put("inOfNothing", read(q -> q.in("id", List.of())));
        calls.put("notIn", read(q -> q.notIn("id", List.of(1, 2))));
        calls.put("containsArray", read(q -> q.contains("tags", List.of("a", "b"))));
        calls.put("containsObject", read(q -> q.contains("address", city("Ulm", 3))));
        calls.put("containsRange", read(q -> q.contains("booked", "[2027-01-01,2027-01-02)")));
        calls.put("containedByArray", read(q -> q.containedBy("tags", new String[] {"a", "b"})));
        calls.put("containedByObject", read(q -> q.containedBy("address", Map.of("city", "Ulm"))));
        calls.put("containedByRange", read(q -> q.containedBy("booked", "[1,5)")));
        calls.put("rangeGt", read(q -> q.rangeGt("booked", "[1,5)")));
        calls.put("rangeGte", read(q -> q.rangeGte("booked", "[1,5)")));
        calls.put("rangeLt", read(q -> q.rangeLt("booked", "[1,5)")));
        calls.put("rangeLte", read(q -> q.rangeLte("booked", "[1,5)")));
        calls.put("rangeAdjacent", read(q -> q.rangeAdjacent("booked", "[1,5)")));
        calls.put("overlapsRange", read(q -> q.overlaps("booked", "[1,5)")));
        calls.put("overlapsArray", read(q -> q.overlaps("tags", List.of("a", "b"))));
        calls.put("textSearch", read(q -> q.textSearch("title", "a & b")));
        calls.put(
                "textSearchConfig",
                read(q -> q.textSearch("title", "a & b", TextSearch.raw().config("english"))));
        calls.put(
                "textSearchPlain",
                read(q -> q.textSearch("title", "a b", TextSearch.plain().config("english"))));
        calls.put("textSearchPhrase", read(q -> q.textSearch("title", "a b", TextSearch.phrase())));
        calls.put(
                "textSearchWebsearch",
                read(q -> q.textSearch("title", "\"a b\" -c", TextSearch.websearch())));
        calls.put("match", read(q -> q.match(ordered("org", 7, "status", "open"))));
        calls.put("not", read(q -> q.not("owner", "is", null)));
        calls.put("notInText", read(q -> q.not("id", "in", "(1,2)")));
        calls.put("or", read(q -> q.or("owner.eq.7,owner.is.null")));
        calls.put("orReferencedTable", notes(q -> q.or("a.eq.1,b.eq.2", "notes")));
        calls.put("filter", read(q -> q.filter("title", "not.like", "%a%")));
        return calls;
    }

    private static Map<String, Function<DatabaseClient, Object>> transforms() {
        var calls = new LinkedHashMap<String, Function<DatabaseClient, Object>>();
        calls.put("order", read(q -> q.order("due")));
        calls.put(
                "orderDescending",
                read(
                        q ->
                                q.order("due", Order.desc().nullsLast())
                                        .order("id", Order.asc().nullsFirst())));
        calls.put(
                "orderReferencedTable",
                notes(q -> q.order("id", Order.desc().referencedTable("notes"))));
        calls.put("limit", read(q -> q.limit(5)));
        calls.put("limitReferencedTable", notes(q -> q.limit(5, "notes")));
        calls.put("range", read(q -> q.range(10, 19)));
        calls.put("rangeReferencedTable", notes(q -> q.range(0, 1, "notes")));
        calls.put("single", db -> db.from("tasks").select().eq("id", 7).single().execute());
        calls.put(
                "maybeSingle", db -> db.from("tasks").select().eq("id", 7).maybeSingle().execute());
        calls.put("csv", db -> db.from("tasks").select().csv());
        calls.put("geojson", db -> db.from("tasks").select().geojson());
        calls.put("explain", db -> db.from("tasks").select().explain());
        calls.put(
                "explainEverything",
                db ->
                        db.from("tasks")
                                .select()
                                .explain(
                                        ExplainOptions.json()
                                                .wal()
                                                .buffers()
                                                .settings()
                                                .verbose()
                                                .analyze()));
        calls.put(
                "explainSingle",
                db -> db.from("tasks").select().single().explain(ExplainOptions.text().analyze()));
        calls.put("stripNulls", read(q -> q.stripNulls()));
        calls.put(
                "stripNullsSingle",
                db -> db.from("tasks").select().single().stripNulls().execute());
        calls.put("rollback", db -> db.from("tasks").insert(Map.of("a", 1)).rollback().toResult());
        calls.put("header", read(q -> q.header("X-Trace", "t1")));
        return calls;
    }

    private static Map<String, Function<DatabaseClient, Object>> mutations() {
        Map<String, Object> a = Map.of("title", "a");
        var calls = new LinkedHashMap<String, Function<DatabaseClient, Object>>();
        calls.put(
                "insert",
                db -> db.from("tasks").insert(ordered("title", "a", "owner", null)).toResult());
        calls.put(
                "insertMany",
                db ->
                        db.from("tasks")
                                .insert(List.of(a, ordered("title", "b", "owner", 7)))
                                .toResult());
        calls.put("insertNothing", db -> db.from("tasks").insert(List.of()).toResult());
        calls.put(
                "insertCounted",
                db ->
                        db.from("tasks")
                                .insert(
                                        List.of(a),
                                        InsertOptions.defaults()
                                                .count(Count.EXACT)
                                                .defaultToNull(false))
                                .toResult());
        calls.put(
                "insertReturning", db -> db.from("tasks").insert(a).select("id, title").execute());
        calls.put("insertSingle", db -> db.from("tasks").insert(a).select().single().execute());
        calls.put(
                "upsert", db -> db.from("tasks").upsert(ordered("id", 7, "title", "a")).toResult());
        calls.put(
                "upsertMany",
                db ->
                        db.from("tasks")
                                .upsert(
                                        List.of(Map.of("id", 7), Map.of("id", 8)),
                                        UpsertOptions.onConflict("org,id")
                                                .ignoreDuplicates()
                                                .count(Count.EXACT)
                                                .defaultToNull(false))
                                .toResult());
        calls.put(
                "update",
                db ->
                        db.from("tasks")
                                .update(ordered("title", "a", "owner", null))
                                .eq("id", 7)
                                .toResult());
        calls.put(
                "updateCounted",
                db -> db.from("tasks").update(a, Count.EXACT).eq("id", 7).toResult());
        calls.put(
                "updateReturning",
                db -> db.from("tasks").update(a).eq("id", 7).select("id").maybeSingle().execute());
        calls.put(
                "updateMaxAffected",
                db -> db.from("tasks").update(a).eq("id", 7).maxAffected(1).toResult());
        calls.put("delete", db -> db.from("tasks").delete().eq("id", 7).toResult());
        calls.put(
                "deleteCounted", db -> db.from("tasks").delete(Count.EXACT).eq("id", 7).toResult());
        calls.put(
                "deleteReturning", db -> db.from("tasks").delete().eq("id", 7).select().execute());
        calls.put("deleteAll", db -> db.from("tasks").delete().all().toResult());
        return calls;
    }

    private static Map<String, Function<DatabaseClient, Object>> functions() {
        var calls = new LinkedHashMap<String, Function<DatabaseClient, Object>>();
        calls.put("rpc", db -> db.rpc("unread").execute(Object.class));
        calls.put(
                "rpcArguments",
                db ->
                        db.rpc("unread", ordered("org", 7, "tags", List.of("a"), "note", null))
                                .execute(Object.class));
        calls.put(
                "rpcGet",
                db ->
                        db.rpc(
                                        "unread",
                                        ordered("org", 7, "name", "a b", "tags", List.of("x", "y")),
                                        RpcOptions.get())
                                .execute(Object.class));
        calls.put(
                "rpcHead",
                db ->
                        db.rpc("unread", Map.of("org", 7), RpcOptions.head().count(Count.EXACT))
                                .execute(Object.class));
        calls.put(
                "rpcHeadOfAnObject",
                db ->
                        db.rpc(
                                        "unread",
                                        Map.of("org", Map.of("id", 7)),
                                        RpcOptions.head().count(Count.EXACT))
                                .execute(Object.class));
        calls.put(
                "rpcCount",
                db ->
                        db.rpc("unread", Map.of("org", 7), RpcOptions.post().count(Count.PLANNED))
                                .execute(Object.class));
        calls.put(
                "rpcRows",
                db ->
                        db.rpc("unread")
                                .select("id")
                                .eq("id", 7)
                                .order("id")
                                .limit(3)
                                .executeList(Map.class));
        calls.put("rpcSingle", db -> db.rpc("unread").single().execute());
        calls.put("rpcMaxAffected", db -> db.rpc("unread").maxAffected(3).execute(Object.class));
        return calls;
    }

    private record City(String city, int no) {}

    private static City city(String name, int number) {
        return new City(name, number);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
