package dev.hearth.client.realtime;

import org.jspecify.annotations.Nullable;

/// A frame to the server.
sealed interface Outgoing {

    /// Any but a broadcast.
    ///
    /// @param payload JSON
    record Message(@Nullable String joinRef, String ref, String topic, String event, String payload)
            implements Outgoing {}

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
