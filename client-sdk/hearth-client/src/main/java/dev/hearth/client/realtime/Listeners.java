package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// What a program wants to hear of one channel. Added to by any thread, heard by the channel's
/// lane.
final class Listeners {

    /// Hears of changes.
    ///
    /// @param binding its place among the bindings asked for; listeners to the same share it
    record Changes(
            int binding, PostgresEvent event, ChangeFilter filter, Consumer<ChangePayload> heard) {

        /// Whether a change is for it.
        ///
        /// @param ids of the bindings; empty where the server told none
        boolean wants(ChangePayload change, List<Long> ids) {
            if (event != PostgresEvent.ALL && event != change.type()) {
                return false;
            }
            return ids.isEmpty()
                    ? matches(filter.schemaOrNull(), change.schema())
                            && matches(filter.tableOrNull(), change.table())
                    : change.ids().contains(ids.get(binding));
        }

        private static boolean matches(@Nullable String asked, String told) {
            return asked == null || asked.equals("*") || asked.equals(told);
        }
    }

    /// Hears broadcasts.
    record Broadcasts(String event, Consumer<Heard> heard) {
        boolean wants(String name) {
            return event.equals("*") || event.equalsIgnoreCase(name);
        }
    }

    /// Hears of presence.
    record Presences(PresenceEvent event, Consumer<PresenceRoom.Event> heard) {}

    private final Object lock = new Object();
    final List<String> bindings = new CopyOnWriteArrayList<>();
    final List<Changes> changes = new CopyOnWriteArrayList<>();
    final List<Broadcasts> broadcasts = new CopyOnWriteArrayList<>();
    final List<Presences> presences = new CopyOnWriteArrayList<>();
    final List<Consumer<JsonNode>> systems = new CopyOnWriteArrayList<>();
    final List<SubscribeListener> subscribes = new CopyOnWriteArrayList<>();
    final List<Runnable> resyncs = new CopyOnWriteArrayList<>();
    final List<Runnable> closes = new CopyOnWriteArrayList<>();

    /// The place of a binding, which is the one of an equal binding where there is one.
    int bind(String binding) {
        synchronized (lock) {
            int known = bindings.indexOf(binding);
            if (known >= 0) {
                return known;
            }
            bindings.add(binding);
            return bindings.size() - 1;
        }
    }
}
