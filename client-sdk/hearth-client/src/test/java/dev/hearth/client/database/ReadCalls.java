package dev.hearth.client.database;

import org.jspecify.annotations.NullUnmarked;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What is called here for each line of `requests.tsv` that reads a table: columns, filters, what
/// comes in which order and shape.
@NullUnmarked
final class ReadCalls {

    private ReadCalls() {}

    /// By the names of the lines.
    static Map<String, Function<DatabaseClient, Object>> all() {
        var calls = new LinkedHashMap<String, Function<DatabaseClient, Object>>();
        calls.putAll(reads());
        calls.putAll(filters());
        calls.putAll(transforms());
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
        calls.put("match", read(q -> q.match(WriteCalls.ordered("org", 7, "status", "open"))));
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

    private record City(String city, int no) {}

    private static City city(String name, int number) {
        return new City(name, number);
    }
}
