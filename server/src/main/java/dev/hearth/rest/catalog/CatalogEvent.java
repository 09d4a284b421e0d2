package dev.hearth.rest.catalog;

import dev.hearth.observe.Event;
import dev.hearth.observe.Told;

import java.time.Duration;

/// What is told of reading the catalog.
sealed interface CatalogEvent extends Event {

    /// A new snapshot is in use.
    record CatalogLoaded(int relations, int relationships, int routines, Duration took)
            implements CatalogEvent {

        @Override
        public Told told() {
            return Told.info("The data API has read the catalog.")
                    .with("relations", relations)
                    .with("relationships", relationships)
                    .with("routines", routines)
                    .with("milliseconds", took.toMillis());
        }
    }

    /// It could not be read; the last snapshot stays in use.
    ///
    /// @param serving whether there is one
    /// @param reason the error's code, or the name of a defect of ours
    record CatalogNotLoaded(boolean serving, String reason, Duration pause)
            implements CatalogEvent {

        @Override
        public Told told() {
            return Told.warn("The data API cannot read the catalog, it is tried after a pause.")
                    .with("servingTheLast", serving)
                    .with("reason", reason)
                    .with("pauseMilliseconds", pause.toMillis());
        }
    }

    /// The channel is listened to.
    record ChannelHeard(String channel) implements CatalogEvent {

        @Override
        public Told told() {
            return Told.info("The data API listens for changes of the schema.")
                    .with("channel", channel);
        }
    }

    /// The connection that learns of changes could not be made, or was lost. What was missed is
    /// read once it is back.
    record WatchLost(String reason, Duration pause) implements CatalogEvent {

        @Override
        public Told told() {
            return Told.warn(
                            "The data API does not learn of changes of the schema, it is tried"
                                    + " after a pause.")
                    .with("reason", reason)
                    .with("pauseMilliseconds", pause.toMillis());
        }
    }

    /// Nothing in the database tells of changes, so they are looked for.
    record ChangesLookedFor(Duration interval) implements CatalogEvent {

        @Override
        public Told told() {
            return Told.info(
                            "No event trigger tells of changes of the schema, so they are looked"
                                    + " for. A notify on the channel is quicker.")
                    .with("intervalMilliseconds", interval.toMillis());
        }
    }
}
