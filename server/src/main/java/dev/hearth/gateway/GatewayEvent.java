package dev.hearth.gateway;

import dev.hearth.observe.Event;
import dev.hearth.observe.Told;

/// What the front door tells.
sealed interface GatewayEvent extends Event {

    /// The server listens.
    record Listening(String bind, int port) implements GatewayEvent {

        @Override
        public Told told() {
            return Told.info("The gateway listens.").with("bind", bind).with("port", port);
        }
    }

    /// An answer that was under way could not be finished; its client sees a broken connection.
    ///
    /// @param code of the refusal
    record Cut(String requestId, String path, String code) implements GatewayEvent {

        @Override
        public Told told() {
            return Told.warn("An answer was cut.")
                    .with("request", requestId)
                    .with("path", path)
                    .with("code", code);
        }
    }

    /// A handler failed in a way that is our fault.
    ///
    /// @param cause the kinds of the throwables and where they were thrown, without their messages,
    ///   which may quote rows
    record Faulted(String requestId, String path, String cause) implements GatewayEvent {

        @Override
        public Told told() {
            return Told.error("A request failed by our fault.")
                    .with("request", requestId)
                    .with("path", path)
                    .with("cause", cause);
        }

        static Faulted of(String requestId, String path, Throwable failure) {
            var cause = new StringBuilder();
            for (Throwable at = failure; at != null; at = at.getCause()) {
                cause.append(cause.isEmpty() ? "" : " <- ").append(at.getClass().getName());
                if (at instanceof java.sql.SQLException sql) {
                    cause.append('[').append(sql.getSQLState()).append(']');
                }
                if (at.getStackTrace().length > 0) {
                    cause.append(" at ").append(at.getStackTrace()[0]);
                }
            }
            return new Faulted(requestId, path, cause.toString());
        }
    }
}
