package dev.hearth.realtime.changes.subscription;

import dev.hearth.observe.Event;

import java.util.Map;

/// Tables came to or left the publication.
record MembersChanged(int tables) implements Event {
    @Override
    public Level level() {
        return Level.INFO;
    }

    @Override
    public String sentence() {
        return "The publication's tables changed";
    }

    @Override
    public Map<String, ?> fields() {
        return Map.of("tables", tables);
    }
}
