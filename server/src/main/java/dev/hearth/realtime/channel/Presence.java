package dev.hearth.realtime.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.realtime.wire.Json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Who is present in one topic: a key has one meta for each channel that tracks under it, so that a
/// second tab keeps a user present. Guarded by the topic.
///
/// The state on the wire:
///
///     {"user-1":{"metas":[{"online_at":1,"phx_ref":"F9x1"}]}}
///
/// A meta is the user's payload with `phx_ref`, and after an update `phx_ref_prev`, the one before.
final class Presence {

    /// What one channel tracks.
    private record Meta(String key, ObjectNode payload, String ref, String json) {}

    private final Map<Object, Meta> metas = new LinkedHashMap<>();
    private final Supplier<String> refs;

    /// @param refs makes references that are unique in the server
    Presence(Supplier<String> refs) {
        this.refs = refs;
    }

    /// Tracks or updates.
    ///
    /// @param owner the channel, one meta each
    /// @return the diff to send; empty when the payload is the same as before
    Optional<String> track(Object owner, String key, ObjectNode payload) {
        Meta before = metas.get(owner);
        if (before != null && before.payload().equals(payload)) {
            return Optional.empty();
        }
        String ref = refs.get();
        ObjectNode shown = payload.deepCopy();
        shown.put("phx_ref", ref);
        if (before != null) {
            shown.put("phx_ref_prev", before.ref());
        }
        Meta after = new Meta(key, payload, ref, shown.toString());
        metas.put(owner, after);
        return Optional.of(
                before == null ? diff(group(after), "{}") : diff(group(after), group(before)));
    }

    /// Ends what the channel tracks.
    ///
    /// @return the diff to send; empty when it tracked nothing
    Optional<String> untrack(Object owner) {
        Meta before = metas.remove(owner);
        return before == null ? Optional.empty() : Optional.of(diff("{}", group(before)));
    }

    /// Everybody, as a JSON object.
    String state() {
        Map<String, List<Meta>> keys = new LinkedHashMap<>();
        metas.values()
                .forEach(
                        meta -> keys.computeIfAbsent(meta.key(), _ -> new ArrayList<>()).add(meta));
        StringBuilder out = new StringBuilder("{");
        keys.forEach(
                (key, found) -> {
                    out.append(out.length() == 1 ? "" : ",").append(Json.quote(key));
                    out.append(":{\"metas\":[");
                    for (int i = 0; i < found.size(); i++) {
                        out.append(i == 0 ? "" : ",").append(found.get(i).json());
                    }
                    out.append("]}");
                });
        return out.append('}').toString();
    }

    private static String group(Meta meta) {
        return "{" + Json.quote(meta.key()) + ":{\"metas\":[" + meta.json() + "]}}";
    }

    private static String diff(String joins, String leaves) {
        return "{\"joins\":" + joins + ",\"leaves\":" + leaves + "}";
    }
}
