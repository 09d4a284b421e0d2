package dev.hearth.database;

import dev.hearth.observe.Event;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What this room tells.
sealed interface DatabaseEvent extends Event {

    /// The settings of the roles could not be read; the last ones stay in use.
    record RoleSettingsUnread(@Nullable String sqlState) implements DatabaseEvent {

        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "The settings of the API roles could not be read.";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("sqlstate", String.valueOf(sqlState));
        }
    }
}
