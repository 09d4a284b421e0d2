package dev.hearth.client.database;

import org.jspecify.annotations.NullUnmarked;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What is called here for each line of `requests.tsv` that writes rows or calls a function.
@NullUnmarked
final class WriteCalls {

    private WriteCalls() {}

    /// By the names of the lines.
    static Map<String, Function<DatabaseClient, Object>> all() {
        var calls = new LinkedHashMap<String, Function<DatabaseClient, Object>>();
        calls.putAll(mutations());
        calls.putAll(functions());
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

    /// A map that keeps its order and may hold null.
    static Map<String, Object> ordered(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
