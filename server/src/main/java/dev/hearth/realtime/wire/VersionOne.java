package dev.hearth.realtime.wire;

import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.SocketFrames;
import dev.hearth.realtime.wire.UserMessage.Encoding;

import java.util.Optional;

/// Writes version 1.0.0: exactly `{"topic","event","payload","ref"}`. `ref` is always there, null
/// on everything but replies and `phx_close`; `join_ref` never is.
final class VersionOne {

    private VersionOne() {}

    static Optional<SocketFrames> encode(ServerMessage message) {
        return switch (message) {
            case ServerMessage.Reply reply ->
                    Optional.of(
                            text(
                                    reply.to().topic(),
                                    "phx_reply",
                                    JsonFrame.reply(reply),
                                    reply.to().ref()));
            case ServerMessage.Closed(var joinRef, var topic) ->
                    Optional.of(text(topic, "phx_close", "{}", joinRef));
            case ServerMessage.Note note ->
                    Optional.of(text(note.topic(), "system", JsonFrame.note(note), Ref.NONE));
            case ServerMessage.PresenceState(_, var topic, var state) ->
                    Optional.of(text(topic, "presence_state", state, Ref.NONE));
            case ServerMessage.PresenceDiff(var topic, var diff) ->
                    Optional.of(text(topic, "presence_diff", diff, Ref.NONE));
            case ServerMessage.Broadcast(var topic, var payload) ->
                    Optional.of(fanOut(topic, "broadcast", "", payload, ""));
            case ServerMessage.UserBroadcast(var topic, var user) -> user(topic, user);
            case ServerMessage.Changes(var topic, var ids, var data) ->
                    Optional.of(fanOut(topic, "postgres_changes", JsonFrame.ids(ids), data, "}"));
        };
    }

    private static Optional<SocketFrames> user(String topic, UserMessage user) {
        if (user.encoding() == Encoding.RAW) {
            return Optional.empty();
        }
        return Optional.of(
                fanOut(
                        topic,
                        "broadcast",
                        JsonFrame.userEvent(user),
                        user.payload(),
                        ",\"type\":\"broadcast\"}"));
    }

    private static SocketFrames text(String topic, String event, String payload, Ref ref) {
        return new JsonFrame(64 + topic.length() + payload.length())
                .add(head(topic, event))
                .add(payload)
                .add(",\"ref\":" + ref.json() + "}")
                .frame();
    }

    private static SocketFrames fanOut(
            String topic, String event, String before, Bytes payload, String after) {
        return new JsonFrame(96 + topic.length() + before.length() + payload.length())
                .add(head(topic, event))
                .add(before)
                .add(payload)
                .add(after)
                .add(",\"ref\":null}")
                .frame();
    }

    private static String head(String topic, String event) {
        return "{\"topic\":" + Json.quote(topic) + ",\"event\":\"" + event + "\",\"payload\":";
    }
}
