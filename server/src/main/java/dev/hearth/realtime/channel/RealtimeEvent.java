package dev.hearth.realtime.channel;

import dev.hearth.observe.Event;

import java.util.List;
import java.util.Map;

/// What happens on sockets and channels, under upstream's names where it has one.
sealed interface RealtimeEvent extends Event {

    /// A message that is none; told once a socket, counted always.
    record MalformedWebSocketMessage(String reason) implements RealtimeEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "A message was not understood and dropped";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("reason", reason);
        }
    }

    /// A handshake was refused.
    record HandshakeRefused(int status, String reason) implements RealtimeEvent {
        @Override
        public Level level() {
            return Level.DEBUG;
        }

        @Override
        public String sentence() {
            return "A socket was refused";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("status", status, "reason", reason);
        }
    }

    /// Parts of a join could not be read and have their defaults.
    record InvalidJoinPayload(String topic, List<String> parts) implements RealtimeEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "Parts of a join could not be read";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("topic", topic, "parts", parts);
        }
    }

    /// A join was refused.
    record JoinRefused(String topic, String code) implements RealtimeEvent {
        @Override
        public Level level() {
            return Level.DEBUG;
        }

        @Override
        public String sentence() {
            return "A join was refused";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("topic", topic, "code", code);
        }
    }

    /// A channel was ended by the server.
    record ChannelShutdown(String topic, String reason) implements RealtimeEvent {
        @Override
        public Level level() {
            return Level.INFO;
        }

        @Override
        public String sentence() {
            return "A channel was ended";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("topic", topic, "reason", reason);
        }
    }

    /// A fault of ours.
    record UnknownErrorOnChannel(String topic, String fault) implements RealtimeEvent {
        static UnknownErrorOnChannel of(String topic, Throwable cause) {
            StackTraceElement[] trace = cause.getStackTrace();
            return new UnknownErrorOnChannel(
                    topic,
                    cause.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]));
        }

        @Override
        public Level level() {
            return Level.ERROR;
        }

        @Override
        public String sentence() {
            return "A channel failed";
        }

        @Override
        public Map<String, ?> fields() {
            return Map.of("topic", topic, "fault", fault);
        }
    }
}
