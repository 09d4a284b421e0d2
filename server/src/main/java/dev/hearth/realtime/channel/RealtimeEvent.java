package dev.hearth.realtime.channel;

import dev.hearth.observe.Event;
import dev.hearth.observe.Told;

import java.util.List;

/// What happens on sockets and channels, under upstream's names where it has one.
sealed interface RealtimeEvent extends Event {

    /// A message that is none; told once a socket, counted always.
    record MalformedWebSocketMessage(String reason) implements RealtimeEvent {
        @Override
        public Told told() {
            return Told.warn("A message was not understood and dropped").with("reason", reason);
        }
    }

    /// A handshake was refused.
    record HandshakeRefused(int status, String reason) implements RealtimeEvent {
        @Override
        public Told told() {
            return Told.debug("A socket was refused").with("status", status).with("reason", reason);
        }
    }

    /// Parts of a join could not be read and have their defaults.
    record InvalidJoinPayload(String topic, List<String> parts) implements RealtimeEvent {
        @Override
        public Told told() {
            return Told.warn("Parts of a join could not be read")
                    .with("topic", topic)
                    .with("parts", parts);
        }
    }

    /// A join was refused.
    record JoinRefused(String topic, String code) implements RealtimeEvent {
        @Override
        public Told told() {
            return Told.debug("A join was refused").with("topic", topic).with("code", code);
        }
    }

    /// A channel was ended by the server.
    record ChannelShutdown(String topic, String reason) implements RealtimeEvent {
        @Override
        public Told told() {
            return Told.info("A channel was ended").with("topic", topic).with("reason", reason);
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
        public Told told() {
            return Told.error("A channel failed").with("topic", topic).with("fault", fault);
        }
    }
}
