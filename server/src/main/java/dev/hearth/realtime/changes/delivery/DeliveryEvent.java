package dev.hearth.realtime.changes.delivery;

import dev.hearth.observe.Event;
import dev.hearth.observe.Told;

/// What is told of delivering.
sealed interface DeliveryEvent extends Event {

    /// The database cannot be asked; changes wait.
    record DatabaseAway(String sqlState) implements DeliveryEvent {
        @Override
        public Told told() {
            return Told.warn("Changes wait, since the database does not answer")
                    .with("sqlstate", sqlState);
        }
    }

    /// It answers again.
    record DatabaseBack() implements DeliveryEvent {
        @Override
        public Told told() {
            return Told.info("The database answers again, changes go on");
        }
    }

    /// A value of the log is not what its type writes; its text is delivered.
    record ValueNotRendered(String table, String column) implements DeliveryEvent {
        @Override
        public Told told() {
            return Told.warn("A value could not be rendered and was delivered as its text")
                    .with("table", table)
                    .with("column", column);
        }
    }

    /// A defect of ours met a change, which was not delivered.
    record DeliveryFailed(String table, String error) implements DeliveryEvent {
        @Override
        public Told told() {
            return Told.error("A change could not be delivered")
                    .with("table", table)
                    .with("error", error);
        }
    }
}
