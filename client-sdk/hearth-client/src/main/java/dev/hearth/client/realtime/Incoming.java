package dev.hearth.client.realtime;

import org.jspecify.annotations.Nullable;

/// A frame from the server, its address read and its payload left alone.
sealed interface Incoming {

    /// The channel with `realtime:`, or `phoenix`.
    String topic();

    /// Of the join that it belongs to; null where the server sends to all alike.
    @Nullable String joinRef();

    /// A text frame.
    ///
    /// @param text the whole frame
    /// @param from where the payload begins in it
    /// @param to where it ends
    record Text(
            @Nullable String joinRef,
            @Nullable String ref,
            String topic,
            String event,
            String text,
            int from,
            int to)
            implements Incoming {

        /// The payload as it stands.
        String payload() {
            return text.substring(from, to);
        }
    }

    /// A broadcast in a binary frame: `04 topicLen eventLen metaLen encoding`, then the parts.
    final class Binary implements Incoming {
        private final String topic;
        private final String event;
        private final String meta;
        private final byte[] frame;
        private final int from;
        private final boolean json;

        Binary(String topic, String event, String meta, byte[] frame, int from, boolean json) {
            this.topic = topic;
            this.event = event;
            this.meta = meta;
            this.frame = frame;
            this.from = from;
            this.json = json;
        }

        @Override
        public String topic() {
            return topic;
        }

        @Override
        public @Nullable String joinRef() {
            return null;
        }

        /// The program's own name of it.
        String event() {
            return event;
        }

        /// An object as JSON, or empty.
        String meta() {
            return meta;
        }

        /// The frame; the payload is its end.
        byte[] frame() {
            return frame;
        }

        /// Where the payload begins.
        int from() {
            return from;
        }

        /// Whether the payload is JSON, else it is the program's own bytes.
        boolean json() {
            return json;
        }
    }
}
