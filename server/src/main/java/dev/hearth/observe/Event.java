package dev.hearth.observe;

import java.util.Map;

/// Something worth telling, as data. Records of the rooms implement it, one sealed family a room.
public interface Event {

    /// How much it matters.
    enum Level {
        /// One request, one frame.
        DEBUG,
        /// Life and death of parts.
        INFO,
        /// The server coped, somebody may want to know.
        WARN,
        /// Somebody must act.
        ERROR
    }

    /// How much it matters.
    Level level();

    /// One fixed sentence, the same for every event of this kind, without values.
    String sentence();

    /// The values, under keys that mean the same thing everywhere (`slot`, `topic`, `table`,
    /// `lsn`). Iterated in order. Never a secret, never row data.
    default Map<String, ?> fields() {
        return Map.of();
    }
}
