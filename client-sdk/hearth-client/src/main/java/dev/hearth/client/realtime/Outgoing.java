package dev.hearth.client.realtime;

import org.jspecify.annotations.Nullable;

/// A frame to the server.
sealed interface Outgoing {

    /// Any but a broadcast.
    ///
    /// @param payload JSON
    record Message(@Nullable String joinRef, String ref, String topic, String event, String payload)
            implements Outgoing {}

    /// Asks to be let in; the reference of the join is that of the frame itself.
    static Outgoing join(String ref, Plan plan, String token) {
        return new Message(ref, ref, plan.topic(), "phx_join", plan.payload(token));
    }

    /// Tells that the channel goes.
    static Outgoing leave(String joinRef, String ref, Plan plan) {
        return new Message(joinRef, ref, plan.topic(), "phx_leave", "{}");
    }

    /// Tells of another access token.
    static Outgoing accessToken(String joinRef, String ref, Plan plan, String token) {
        String payload = "{\"access_token\":" + Wire.quoted(token) + "}";
        return new Message(joinRef, ref, plan.topic(), "access_token", payload);
    }

    /// Tells that the client is still there.
    static Outgoing heartbeat(String ref) {
        return new Message(null, ref, "phoenix", "heartbeat", "{}");
    }

    /// A broadcast.
    ///
    /// @param event the program's own name of it
    record Broadcast(String joinRef, String ref, String topic, String event, Content content)
            implements Outgoing {}

    /// What a broadcast carries: JSON, bytes, or nothing.
    final class Content {
        static final Content NONE = new Content(new byte[0], Kind.NONE);

        /// How the bytes are to be read.
        enum Kind {
            NONE,
            JSON,
            BYTES
        }

        private final byte[] bytes;
        private final Kind kind;

        Content(byte[] bytes, Kind kind) {
            this.bytes = bytes;
            this.kind = kind;
        }

        byte[] bytes() {
            return bytes;
        }

        Kind kind() {
            return kind;
        }
    }
}
