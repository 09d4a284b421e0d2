package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.internal.json.Decoder;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.json.TypeRef;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// Listeners in the manner of supabase-js: names as texts, payloads as maps.
final class Ported {

    private final Channel channel;
    private final Decoder<Map<String, Object>> maps;
    private final Decoder<Object> values;

    Ported(Channel channel, Json json) {
        this.channel = channel;
        maps = json.decoder(new TypeRef<Map<String, Object>>() {}.type());
        values = json.decoder(Object.class);
    }

    Channel on(String type, Map<String, ?> filter, Consumer<Map<String, Object>> handler) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "postgres_changes" -> changes(filter, handler);
            case "broadcast" ->
                    channel.hear(text(filter, "event", "*"), heard -> handler.accept(map(heard)));
            case "presence" -> presence(text(filter, "event", "*"), handler);
            case "system" -> system(handler);
            default ->
                    throw new IllegalArgumentException(
                            "there is no "
                                    + type
                                    + " to listen to; there are postgres_changes, broadcast,"
                                    + " presence and system");
        };
    }

    private static String text(Map<String, ?> filter, String name, String otherwise) {
        @Nullable Object value = filter.get(name);
        return value == null ? otherwise : value.toString();
    }

    private Channel changes(Map<String, ?> filter, Consumer<Map<String, Object>> handler) {
        String name = text(filter, "event", "*").toUpperCase(Locale.ROOT);
        PostgresEvent event = name.equals("*") ? PostgresEvent.ALL : PostgresEvent.valueOf(name);
        ChangeFilter wanted = ChangeFilter.ANY;
        if (filter.get("schema") != null) {
            wanted = wanted.schema(text(filter, "schema", ""));
        }
        if (filter.get("table") != null) {
            wanted = wanted.table(text(filter, "table", ""));
        }
        if (filter.get("filter") instanceof RowFilter condition) {
            wanted = wanted.filter(condition);
        } else if (filter.get("filter") != null) {
            wanted = wanted.filter(text(filter, "filter", ""));
        }
        if (filter.get("select") instanceof List<?> columns) {
            wanted = wanted.select(columns.stream().map(String::valueOf).toArray(String[]::new));
        }
        return channel.listen(event, wanted, change -> handler.accept(map(change)));
    }

    private Map<String, Object> map(ChangePayload change) {
        var map = new LinkedHashMap<String, Object>();
        map.put("schema", change.schema());
        map.put("table", change.table());
        map.put("commit_timestamp", change.time());
        map.put("eventType", change.type().name());
        map.put("new", maps.read(change.tree(change.record())));
        map.put("old", maps.read(change.tree(change.old())));
        map.put("errors", change.errors());
        return map;
    }

    private Map<String, Object> map(Heard heard) {
        var map = new LinkedHashMap<String, Object>();
        map.put("type", "broadcast");
        map.put("event", heard.event());
        RawPayload raw = heard.raw();
        map.put("payload", raw.isJson() ? heard.read(values) : raw.bytes());
        if (!heard.meta().isEmpty()) {
            map.put("meta", maps.read(heard.meta()));
        }
        return map;
    }

    private Channel presence(String name, Consumer<Map<String, Object>> handler) {
        for (PresenceEvent event : PresenceEvent.values()) {
            if (name.equals("*") || name.equalsIgnoreCase(event.name())) {
                channel.sense(event, happened -> handler.accept(map(happened)));
            }
        }
        return channel;
    }

    private Map<String, Object> map(PresenceRoom.Event happened) {
        var map = new LinkedHashMap<String, Object>();
        String event = happened.event().name().toLowerCase(Locale.ROOT);
        map.put("event", event);
        if (happened.event() != PresenceEvent.SYNC) {
            map.put("key", happened.key());
            map.put("currentPresences", list(happened.current()));
            map.put(
                    happened.event() == PresenceEvent.JOIN ? "newPresences" : "leftPresences",
                    list(happened.changed()));
        }
        return map;
    }

    private List<Map<String, Object>> list(List<PresenceRoom.Meta> metas) {
        return metas.stream()
                .map(
                        meta -> {
                            var map = new LinkedHashMap<String, Object>(maps.read(meta.value()));
                            map.put("presence_ref", meta.ref());
                            return (Map<String, Object>) map;
                        })
                .toList();
    }

    private Channel system(Consumer<Map<String, Object>> handler) {
        Consumer<JsonNode> heard = message -> handler.accept(maps.read(message));
        channel.line().listeners.systems.add(heard);
        return channel;
    }
}
