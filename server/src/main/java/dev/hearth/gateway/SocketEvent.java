package dev.hearth.gateway;

import dev.hearth.observe.Event;
import dev.hearth.observe.Told;

/// What happens to sockets that somebody may want to know.
sealed interface SocketEvent extends Event {

    /// A receiver did not take its messages fast enough.
    ///
    /// @param waitingBytes how much waited for it
    record SlowReceiverClosed(long waitingBytes) implements SocketEvent {
        @Override
        public Told told() {
            return Told.warn("A socket was closed because its receiver was too slow")
                    .with("waitingBytes", waitingBytes);
        }
    }

    /// Handling a message or a handshake failed: a fault of ours.
    ///
    /// @param fault the kind of the exception and where it was thrown
    record SocketFault(String fault) implements SocketEvent {
        static SocketFault of(Throwable cause) {
            StackTraceElement[] trace = cause.getStackTrace();
            return new SocketFault(
                    cause.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]));
        }

        @Override
        public Told told() {
            return Told.error("A message on a socket could not be handled").with("fault", fault);
        }
    }
}
