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

    /// What is said of it.
    Told told();

    /// How much it matters.
    default Level level() {
        return told().level();
    }

    /// One fixed sentence, the same for every event of this kind.
    default String sentence() {
        return told().sentence();
    }

    /// The values, in order.
    default Map<String, ?> fields() {
        return told().fields();
    }
}
