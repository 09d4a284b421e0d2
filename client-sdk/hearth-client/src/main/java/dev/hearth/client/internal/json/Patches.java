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

    /// The value itself, unless it is a patch or holds some.
    @Nullable Object resolved(@Nullable Object value) {
        if (value instanceof Patch patch) {
            return columns(patch);
        }
        if (value instanceof Collection<?> rows
                && rows.stream().anyMatch(Patch.class::isInstance)) {
            var resolved = new ArrayList<@Nullable Object>(rows.size());
            rows.forEach(row -> resolved.add(resolved(row)));
            return resolved;
        }
        return value;
    }

    private Map<String, @Nullable Object> columns(Patch patch) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        for (Patch.Part part : patch.parts()) {
            if (part instanceof Patch.Column column) {
                columns.put(column.name(), column.value());
            } else if (part instanceof Patch.Fields fields) {
                JsonNode said = withoutNulls().valueToTree(fields.values());
                said.properties().forEach(field -> columns.put(field.getKey(), field.getValue()));
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
