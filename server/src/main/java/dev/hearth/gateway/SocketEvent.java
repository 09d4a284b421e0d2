package dev.hearth.gateway;

import dev.hearth.observe.Event;

import java.util.Map;

/// What happens to sockets that somebody may want to know.
sealed interface SocketEvent extends Event {

    /// A receiver did not take its messages fast enough.
    ///
    /// @param waitingBytes how much waited for it
    record SlowReceiverClosed(long waitingBytes) implements SocketEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "A socket was closed because its receiver was too slow";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("waitingBytes", waitingBytes);
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
        public Level level() {
            return Level.ERROR;
        }

        @Override
        public String sentence() {
            return "A message on a socket could not be handled";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("fault", fault);
        }
    }
}
