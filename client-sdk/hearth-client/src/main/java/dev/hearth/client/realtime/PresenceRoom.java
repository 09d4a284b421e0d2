package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who is there, as a value: each message of the server gives another one, and the events that tell
/// the difference. Diffs that come before the state of the current join wait for it. Mirrors
/// `presence.js` of the supabase fork of phoenix.
///
/// @param here by key
/// @param syncedJoin the join whose state has come; empty before
/// @param early diffs that wait
record PresenceRoom(Map<String, List<Meta>> here, String syncedJoin, List<JsonNode> early) {

    /// So many diffs wait for a state, the newest of them.
    static final int MOST_EARLY = 1000;

    static final PresenceRoom EMPTY = new PresenceRoom(Map.of(), "", List.of());

    /// One telling.
    ///
    /// @param ref the server's name of it
    /// @param value what was told
    record Meta(String ref, JsonNode value) {}

    /// What happened.
    ///
    /// @param event SYNC has neither key nor metas
    record Event(PresenceEvent event, String key, List<Meta> current, List<Meta> changed) {}

    /// The room afterwards, and what happened.
    record Change(PresenceRoom room, List<Event> events) {}

    /// A join begins: what waited for the state of an earlier one is older than what comes now.
    PresenceRoom joined() {
        return new PresenceRoom(here, "", List.of());
    }

    /// The server told all who are there.
    Change state(JsonNode state, String joinRef) {
        var events = new ArrayList<Event>();
        Map<String, List<Meta>> now = parse(state);
        var joins = new LinkedHashMap<String, List<Meta>>();
        var leaves = new LinkedHashMap<String, List<Meta>>();
        here.forEach(
                (key, metas) -> {
                    List<Meta> left = without(metas, now.getOrDefault(key, List.of()));
                    if (!left.isEmpty()) {
                        leaves.put(key, left);
                    }
                });
        now.forEach(
                (key, metas) -> {
                    List<Meta> joined = without(metas, here.getOrDefault(key, List.of()));
                    if (!joined.isEmpty()) {
                        joins.put(key, joined);
                    }
                });
        Map<String, List<Meta>> next = apply(here, joins, leaves, events);
        for (JsonNode diff : early) {
            next = apply(next, parse(diff.path("joins")), parse(diff.path("leaves")), events);
        }
        events.add(new Event(PresenceEvent.SYNC, "", List.of(), List.of()));
        return new Change(new PresenceRoom(next, joinRef, List.of()), events);
    }

    /// Somebody came or went.
    Change diff(JsonNode diff, String joinRef) {
        if (!syncedJoin.equals(joinRef)) {
            var waiting = new ArrayList<JsonNode>(early);
            waiting.add(diff);
            if (waiting.size() > MOST_EARLY) {
                waiting.remove(0);
            }
            return new Change(new PresenceRoom(here, syncedJoin, List.copyOf(waiting)), List.of());
        }
        var events = new ArrayList<Event>();
        Map<String, List<Meta>> next =
                apply(here, parse(diff.path("joins")), parse(diff.path("leaves")), events);
        events.add(new Event(PresenceEvent.SYNC, "", List.of(), List.of()));
        return new Change(new PresenceRoom(next, syncedJoin, List.of()), events);
    }

    private static Map<String, List<Meta>> apply(
            Map<String, List<Meta>> from,
            Map<String, List<Meta>> joins,
            Map<String, List<Meta>> leaves,
            List<Event> events) {
        var next = new LinkedHashMap<String, List<Meta>>(from);
        joins.forEach(
                (key, joined) -> {
                    List<Meta> current = next.getOrDefault(key, List.of());
                    var all = new ArrayList<Meta>(without(current, joined));
                    all.addAll(joined);
                    next.put(key, List.copyOf(all));
                    events.add(new Event(PresenceEvent.JOIN, key, current, joined));
                });
        leaves.forEach(
                (key, left) -> {
                    List<Meta> current = next.get(key);
                    if (current == null) {
                        return;
                    }
                    List<Meta> remaining = without(current, left);
                    if (remaining.isEmpty()) {
                        next.remove(key);
                    } else {
                        next.put(key, remaining);
                    }
                    events.add(new Event(PresenceEvent.LEAVE, key, remaining, left));
                });
        return java.util.Collections.unmodifiableMap(next);
    }

    private static List<Meta> without(List<Meta> metas, List<Meta> others) {
        return metas.stream()
                .filter(meta -> others.stream().noneMatch(other -> other.ref().equals(meta.ref())))
                .toList();
    }

    /// `{"key":{"metas":[{"phx_ref":"…",…}]}}`; what is not so is left out.
    private static Map<String, List<Meta>> parse(JsonNode tree) {
        var all = new LinkedHashMap<String, List<Meta>>();
        tree.properties()
                .forEach(
                        entry -> {
                            var metas = new ArrayList<Meta>();
                            for (JsonNode meta : entry.getValue().path("metas")) {
                                metas.add(meta(meta));
                            }
                            all.put(entry.getKey(), List.copyOf(metas));
                        });
        return all;
    }

    private static Meta meta(JsonNode meta) {
        @Nullable JsonNode value = meta;
        if (meta instanceof ObjectNode object) {
            value = object.deepCopy().without(List.of("phx_ref", "phx_ref_prev"));
        }
        return new Meta(meta.path("phx_ref").asText(), value);
    }
}
