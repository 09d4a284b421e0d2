package dev.hearth.realtime.wire;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.exchange.Bytes;

import java.util.Optional;

/// What a client said, in either version.
public sealed interface ClientMessage {

    /// `[null,"13","phoenix","heartbeat",{}]`
    record Heartbeat(Ref ref) implements ClientMessage {}

    /// Bytes that are no message; they are dropped and the socket stays.
    ///
    /// @param reason for people, with nothing of what was sent
    record Malformed(String reason) implements ClientMessage {}

    /// Something about one topic.
    sealed interface OnTopic extends ClientMessage {
        /// Where it belongs.
        Address at();
    }

    /// Where a message belongs.
    ///
    /// @param joinRef the join it refers to; clients leave it out at times
    /// @param ref by which an answer refers to it
    /// @param topic the whole topic, `realtime:room:1`
    record Address(Ref joinRef, Ref ref, String topic) {}

    /// `phx_join`
    record Join(Address at, JoinRequest request) implements OnTopic {}

    /// `phx_leave`
    record Leave(Address at) implements OnTopic {}

    /// `access_token`
    ///
    /// @param token empty when it is null or no text
    record AccessToken(Address at, Optional<String> token) implements OnTopic {
        /// Without the token.
        @Override
        public String toString() {
            return "AccessToken[" + at + "]";
        }
    }

    /// `broadcast` in a text frame.
    ///
    /// @param payload the JSON object as it was sent, handed on byte for byte
    record Broadcast(Address at, Bytes payload) implements OnTopic {}

    /// A broadcast in a binary frame of kind 3; its meta is read and dropped.
    record UserBroadcast(Address at, UserMessage message) implements OnTopic {}

    /// `presence`
    ///
    /// @param event `track`, `untrack`, or something unknown; empty when there is none
    /// @param payload what is tracked; empty when there is none
    record Presence(Address at, Optional<String> event, Optional<JsonNode> payload)
            implements OnTopic {}

    /// Any other event.
    record Other(Address at, String event) implements OnTopic {}
}
