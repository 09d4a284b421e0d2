package dev.hearth.config;

import dev.hearth.observe.Event;
import dev.hearth.observe.Told;

import java.util.List;

/// What is told of the settings of the data API.
public sealed interface RestSettingEvent extends Event {

    /// Names that are set in the environment and have no effect.
    record Unheeded(List<String> names) implements RestSettingEvent {
        /// Copies the list.
        public Unheeded {
            names = List.copyOf(names);
        }

        @Override
        public Told told() {
            return Told.warn("Settings of the data API have no effect here.")
                    .with("settings", String.join(",", names));
        }
    }

    /// Schemas that are listed and not served: they do not exist, or must not be seen.
    record SchemasLeftOut(List<String> schemas) implements RestSettingEvent {
        /// Copies the list.
        public SchemasLeftOut {
            schemas = List.copyOf(schemas);
        }

        @Override
        public Told told() {
            return Told.warn("Schemas of PGRST_DB_SCHEMAS are not served.")
                    .with("schemas", String.join(",", schemas));
        }
    }

    /// A setting in the database that makes no sense and stays as it was.
    record Ignored(SettingProblem problem) implements RestSettingEvent {

        @Override
        public Told told() {
            return Told.warn("A setting of the data API in the database is ignored.")
                    .with("setting", problem.name())
                    .with("reason", problem.message());
        }
    }
}
