package dev.hearth.realtime.wire;

import dev.hearth.exchange.Bytes;
import dev.hearth.realtime.wire.ClientMessage.Address;

import java.util.List;
import java.util.Optional;

/// What the server says. Parts that are JSON already are kept as text or bytes, so that they are
/// written once.
public sealed interface ServerMessage {

    /// `phx_reply`
    ///
    /// @param to what is answered
    /// @param ok whether the status is `ok` or `error`
    /// @param response a JSON object; older clients fail on anything else
    record Reply(Address to, boolean ok, String response) implements ServerMessage {}

    /// `phx_close`: the channel has ended and the client does not come back by itself.
    record Closed(Ref joinRef, String topic) implements ServerMessage {}

    /// `system` (realtime.md 4).
    ///
    /// @param channel the topic without `realtime:`; absent only when the whole socket is meant
    record Note(
            Ref joinRef,
            String topic,
            String extension,
            boolean ok,
            String message,
            Optional<String> channel)
            implements ServerMessage {}

    /// `presence_state`
    ///
    /// @param state a JSON object of presence keys
    record PresenceState(Ref joinRef, String topic, String state) implements ServerMessage {}

    /// `presence_diff`, to everybody.
    ///
    /// @param diff a JSON object with `joins` and `leaves`
    record PresenceDiff(String topic, String diff) implements ServerMessage {}

    /// `broadcast` as text, to everybody.
    ///
    /// @param payload a JSON object
    record Broadcast(String topic, Bytes payload) implements ServerMessage {}

    /// A broadcast of a user's message, to everybody: kind 4 for version 2.0.0.
    record UserBroadcast(String topic, UserMessage message) implements ServerMessage {}

    /// `postgres_changes`
    ///
    /// @param ids the bindings that matched
    /// @param data the change, a JSON object
    record Changes(String topic, List<Integer> ids, Bytes data) implements ServerMessage {
        /// Copies the list.
        public Changes {
            ids = List.copyOf(ids);
        }
    }
}
