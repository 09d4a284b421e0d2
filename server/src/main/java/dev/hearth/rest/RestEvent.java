package dev.hearth.rest;

import dev.hearth.observe.Event;
import dev.hearth.observe.Told;

/// What happens in the data API.
sealed interface RestEvent extends Event {

    /// A request failed by our fault, and was answered with a bare 500.
    ///
    /// @param place where it was thrown
    record Faulted(String requestId, String exception, String place) implements RestEvent {

        static Faulted of(String requestId, Exception failure) {
            StackTraceElement[] stack = failure.getStackTrace();
            return new Faulted(
                    requestId,
                    failure.getClass().getName(),
                    stack.length == 0
                            ? "-"
                            : stack[0].getFileName() + ":" + stack[0].getLineNumber());
        }

        @Override
        public Told told() {
            return Told.error("A request to the data API failed.")
                    .with("request_id", requestId)
                    .with("exception", exception)
                    .with("place", place);
        }
    }

    /// The settings in the database could not be read; what was in force stays so.
    record SettingsUnread(String sqlState) implements RestEvent {

        @Override
        public Told told() {
            return Told.warn("Settings of the data API in the database could not be read.")
                    .with("sql_state", sqlState);
        }
    }

    /// Settings that cannot be used; what was in force stays so.
    record SettingsRefused(String reason) implements RestEvent {

        @Override
        public Told told() {
            return Told.warn("New settings of the data API are not used.").with("reason", reason);
        }
    }
}
