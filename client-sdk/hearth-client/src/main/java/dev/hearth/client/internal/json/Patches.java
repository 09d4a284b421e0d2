package dev.hearth.client.internal.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.client.json.Patch;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes of a [Patch] what any mapper can write, the program's own among them. Safe for any thread.
final class Patches {

    private final ObjectMapper mapper;
    private volatile @Nullable ObjectMapper withoutNulls;

    Patches(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /// The value itself, unless it is a patch or holds some, in collections, maps or other patches.
    @Nullable Object resolved(@Nullable Object value) {
        return holdsPatch(value) ? withoutPatches(value) : value;
    }

    private static boolean holdsPatch(@Nullable Object value) {
        if (value instanceof Collection<?> rows) {
            return rows.stream().anyMatch(Patches::holdsPatch);
        }
        return value instanceof Map<?, ?> columns
                ? columns.values().stream().anyMatch(Patches::holdsPatch)
                : value instanceof Patch;
    }

    private @Nullable Object withoutPatches(@Nullable Object value) {
        if (value instanceof Patch patch) {
            return columns(patch);
        }
        if (value instanceof Collection<?> rows) {
            var resolved = new ArrayList<@Nullable Object>(rows.size());
            rows.forEach(row -> resolved.add(resolved(row)));
            return resolved;
        }
        if (value instanceof Map<?, ?> columns) {
            var resolved = new LinkedHashMap<Object, @Nullable Object>();
            columns.forEach((name, column) -> resolved.put(name, resolved(column)));
            return resolved;
        }
        return value;
    }

    private Map<String, @Nullable Object> columns(Patch patch) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        for (Patch.Part part : patch.parts()) {
            if (part instanceof Patch.Column column) {
                columns.put(column.name(), resolved(column.value()));
            } else if (part instanceof Patch.Fields fields) {
                // What lies deeper than the columns keeps its nulls.
                JsonNode whole = mapper.valueToTree(fields.values());
                withoutNulls()
                        .<JsonNode>valueToTree(fields.values())
                        .fieldNames()
                        .forEachRemaining(name -> columns.put(name, whole.get(name)));
            }
        }
        return columns;
    }

    private ObjectMapper withoutNulls() {
        ObjectMapper known = withoutNulls;
        if (known == null) {
            known = mapper.copy().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
            withoutNulls = known;
        }
        return known;
    }
}
