package dev.hearth.realtime.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.realtime.changes.feed.Binding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/// The entries of `postgres_changes` with their ids: what is echoed, and what is subscribed to.
///
/// @param bindings what is subscribed to, in order; one for each different entry
/// @param echo the JSON array for the reply: each entry as sent, with its `id`
/// @param problem why none of them can be subscribed to, in upstream's words
record Bindings(List<Binding> bindings, String echo, Optional<String> problem) {

    private static final String BAD_SELECT =
            "Error parsing `select` params: expected a list of column name strings, e.g. select:"
                    + " [\"col1\", \"col2\"]";

    Bindings {
        bindings = List.copyOf(bindings);
    }

    /// Gives each entry an id that depends on nothing but the entry, so that frames can be shared
    /// between channels; two different entries of one channel never get the same.
    static Bindings of(List<ObjectNode> entries) {
        return of(entries, Bindings::hash);
    }

    static Bindings of(List<ObjectNode> entries, ToIntFunction<String> hash) {
        Map<String, Integer> ids = new HashMap<>();
        Set<Integer> taken = new HashSet<>();
        List<Binding> bindings = new ArrayList<>();
        Optional<String> problem = Optional.empty();
        StringBuilder echo = new StringBuilder("[");
        for (ObjectNode entry : entries) {
            String canonical = canonical(entry);
            Integer known = ids.get(canonical);
            int id = known == null ? free(hash.applyAsInt(canonical), taken) : known;
            if (known == null) {
                ids.put(canonical, id);
                bindings.add(binding(id, entry));
            }
            if (!isSelect(entry.path("select"))) {
                problem = Optional.of(BAD_SELECT);
            }
            ObjectNode shown = entry.deepCopy();
            shown.put("id", id);
            echo.append(echo.length() == 1 ? "" : ",").append(shown);
        }
        return new Bindings(bindings, echo.append(']').toString(), problem);
    }

    private static int free(int hash, Set<Integer> taken) {
        int id = hash;
        while (id == 0 || !taken.add(id)) {
            id = id == Integer.MAX_VALUE ? 1 : id + 1;
        }
        return id;
    }

    private static Binding binding(int id, ObjectNode entry) {
        List<String> select = new ArrayList<>();
        entry.path("select").forEach(column -> select.add(column.asText()));
        return new Binding(
                id,
                text(entry, "event").orElse("*"),
                text(entry, "schema"),
                text(entry, "table"),
                text(entry, "filter"),
                select);
    }

    private static Optional<String> text(ObjectNode entry, String name) {
        JsonNode found = entry.path(name);
        if (found.isMissingNode() || found.isNull()) {
            return Optional.empty();
        }
        return Optional.of(found.isValueNode() ? found.asText() : found.toString());
    }

    private static boolean isSelect(JsonNode select) {
        if (select.isMissingNode() || select.isNull()) {
            return true;
        }
        for (JsonNode column : select) {
            if (!column.isTextual()) {
                return false;
            }
        }
        return select.isArray();
    }

    /// Equal for entries that differ in the order of their keys only.
    private static String canonical(ObjectNode entry) {
        Map<String, String> keys = new TreeMap<>();
        entry.properties().forEach(key -> keys.put(key.getKey(), key.getValue().toString()));
        return keys.toString();
    }

    private static int hash(String canonical) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(canonical.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getInt() & Integer.MAX_VALUE;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
