package dev.hearth.client.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.internal.json.Json;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// JSON objects as the JDK's own types, and what is read out of them. What is absent, null, empty
/// or of another shape is taken as absent, since servers differ.
final class Fields {

    private Fields() {}

    /// An object of the wire as a map that cannot be changed; numbers without loss.
    static Map<String, @Nullable Object> map(JsonNode object) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        object.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
        return Collections.unmodifiableMap(map);
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isObject()) {
            return map(node);
        }
        if (node.isArray()) {
            var list = new ArrayList<@Nullable Object>(node.size());
            node.forEach(element -> list.add(value(element)));
            return Collections.unmodifiableList(list);
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() || node.isMissingNode() ? null : node.asText();
    }

    /// A copy that cannot be changed and keeps its order.
    static Map<String, @Nullable Object> copy(Map<String, ?> raw) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(raw));
    }

    /// The text of JSON.
    static String json(Object value) {
        try {
            return Json.protocol().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON can be made of this", e);
        }
    }

    static Optional<String> text(Map<String, ?> raw, String name) {
        return raw.get(name) instanceof String text && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }

    static String needed(Map<String, ?> raw, String name) {
        return text(raw, name)
                .orElseThrow(() -> new IllegalStateException("the server sent no " + name));
    }

    static Optional<UUID> uuid(Map<String, ?> raw, String name) {
        try {
            return text(raw, name).map(UUID::fromString);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    static Optional<Instant> time(Map<String, ?> raw, String name) {
        try {
            return text(raw, name).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    static Optional<Number> number(Map<String, ?> raw, String name) {
        return raw.get(name) instanceof Number number ? Optional.of(number) : Optional.empty();
    }

    /// Seconds since 1970.
    static Optional<Instant> seconds(Map<String, ?> raw, String name) {
        try {
            return number(raw, name).map(seconds -> Instant.ofEpochSecond(seconds.longValue()));
        } catch (DateTimeException beyondAllTime) {
            return Optional.empty();
        }
    }

    static boolean flag(Map<String, ?> raw, String name) {
        return Boolean.TRUE.equals(raw.get(name));
    }

    static Map<String, @Nullable Object> object(Map<String, ?> raw, String name) {
        return raw.get(name) instanceof Map<?, ?> map ? named(map) : Map.of();
    }

    static <T> List<T> objects(
            Map<String, ?> raw, String name, Function<Map<String, @Nullable Object>, T> make) {
        if (!(raw.get(name) instanceof List<?> list)) {
            return List.of();
        }
        return list.stream()
                .filter(Map.class::isInstance)
                .map(element -> make.apply(named((Map<?, ?>) element)))
                .toList();
    }

    static List<String> texts(Map<String, ?> raw, String name) {
        if (!(raw.get(name) instanceof List<?> list)) {
            return text(raw, name).map(List::of).orElse(List.of());
        }
        return list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    }

    private static Map<String, @Nullable Object> named(Map<?, ?> map) {
        var named = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, value) -> named.put(String.valueOf(name), value));
        return Collections.unmodifiableMap(named);
    }
}
