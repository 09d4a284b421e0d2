package dev.hearth.observe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is said of an event: `Told.info("Following the log").with("slot", slot)`. Immutable.
///
/// @param level how much it matters
/// @param sentence one fixed sentence, the same for every event of this kind, without values
/// @param fields the values, under keys that mean the same thing everywhere (`slot`, `topic`,
///   `table`, `lsn`), in order; never a secret, never row data
public record Told(Event.Level level, String sentence, Map<String, Object> fields) {

    /// Copies the map, keeping its order.
    public Told {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /// One request, one frame.
    public static Told debug(String sentence) {
        return at(Event.Level.DEBUG, sentence);
    }

    /// Life and death of parts.
    public static Told info(String sentence) {
        return at(Event.Level.INFO, sentence);
    }

    /// The server coped, somebody may want to know.
    public static Told warn(String sentence) {
        return at(Event.Level.WARN, sentence);
    }

    /// Somebody must act.
    public static Told error(String sentence) {
        return at(Event.Level.ERROR, sentence);
    }

    /// At a level that depends on the case.
    public static Told at(Event.Level level, String sentence) {
        return new Told(level, sentence, Map.of());
    }

    /// The same with one value more.
    public Told with(String key, Object value) {
        var more = new LinkedHashMap<>(fields);
        more.put(key, value);
        return new Told(level, sentence, more);
    }
}
