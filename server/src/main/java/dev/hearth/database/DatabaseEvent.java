package dev.hearth.database;

import dev.hearth.observe.Event;
import dev.hearth.observe.Told;

import org.jspecify.annotations.Nullable;

/// What this room tells.
sealed interface DatabaseEvent extends Event {

    /// The settings of the roles could not be read; the last ones stay in use.
    record RoleSettingsUnread(@Nullable String sqlState) implements DatabaseEvent {

        @Override
        public Told told() {
            return Told.warn("The settings of the API roles could not be read.")
                    .with("sqlstate", String.valueOf(sqlState));
        }
    }
}
