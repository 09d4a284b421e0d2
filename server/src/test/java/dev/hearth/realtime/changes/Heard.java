package dev.hearth.realtime.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.realtime.changes.feed.BindingIds;
import dev.hearth.realtime.changes.feed.Delivery;
import dev.hearth.realtime.changes.feed.Subscriber;

import org.awaitility.Awaitility;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A subscriber that keeps what it hears.
final class Heard implements Subscriber {

    static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    record Event(JsonNode data, List<Integer> ids, Delivery delivery) {
        /// `INSERT 1`, by the column `id`.
        String shortly() {
            JsonNode row = data.has("record") ? data.get("record") : data.get("old_record");
            return data.get("type").asText() + " " + row.path("id").asText("?");
        }

        JsonNode row() {
            return data.get("record");
        }

        JsonNode oldRow() {
            return data.get("old_record");
        }

        String error() {
            return data.get("errors").path(0).asText("");
        }
    }

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> systems = new CopyOnWriteArrayList<>();

    @Override
    public void deliver(Delivery delivery, BindingIds ids) {
        String text = new String(delivery.data().array(), StandardCharsets.UTF_8);
        try {
            events.add(new Event(JSON.readTree(text), ids.ids(), delivery));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + text, e);
        }
    }

    @Override
    public void system(boolean ok, String message) {
        systems.add((ok ? "ok " : "error ") + message);
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    List<String> systems() {
        return List.copyOf(systems);
    }

    List<String> shortly() {
        return events.stream().map(Event::shortly).toList();
    }

    /// Waits for the event; returns all that came before it.
    List<Event> until(String shortly) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> shortly().contains(shortly));
        var before = new ArrayList<Event>();
        for (Event event : events) {
            if (event.shortly().equals(shortly)) {
                break;
            }
            before.add(event);
        }
        return before;
    }

    Event event(String shortly) {
        until(shortly);
        return events.stream()
                .filter(event -> event.shortly().equals(shortly))
                .findFirst()
                .orElseThrow();
    }

    void untilSystem(String message) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> systems.contains(message));
    }
}
