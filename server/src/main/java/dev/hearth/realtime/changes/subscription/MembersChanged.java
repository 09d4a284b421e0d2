package dev.hearth.realtime.changes.subscription;

import dev.hearth.observe.Event;
import dev.hearth.observe.Told;

/// Tables came to or left the publication.
record MembersChanged(int tables) implements Event {
    @Override
    public Told told() {
        return Told.info("The publication's tables changed").with("tables", tables);
    }
}
