package dev.hearth.realtime.wire;

import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.SocketFrames;
import dev.hearth.realtime.wire.UserMessage.Encoding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Writes version 2.0.0: `[join_ref, ref, topic, event, payload]`, and binary frames of kind 4 for
/// users' messages, the only kind that clients decode:
///
/// | byte | 0 | 1 | 2 | 3 | 4 | then |
/// |---|---|---|---|---|---|---|
/// | | 4 | length of topic | of event | of meta | encoding | topic, event, meta, payload |
final class VersionTwo {

    private static final int USER_BROADCAST = 4;
    private static final int USER_BROADCAST_HEADER = 5;
    private static final int LONGEST_PART = 255;

    private VersionTwo() {}

    static Optional<SocketFrames> encode(ServerMessage message) {
        return switch (message) {
            case ServerMessage.Reply reply ->
                    Optional.of(
                            text(
                                    reply.to().joinRef(),
                                    reply.to().ref(),
                                    reply.to().topic(),
                                    "phx_reply",
                                    JsonFrame.reply(reply)));
            case ServerMessage.Closed(var joinRef, var topic) ->
                    Optional.of(text(joinRef, joinRef, topic, "phx_close", "{}"));
            case ServerMessage.Note note ->
                    Optional.of(
                            text(
                                    note.joinRef(),
                                    Ref.NONE,
                                    note.topic(),
                                    "system",
                                    JsonFrame.note(note)));
            case ServerMessage.PresenceState(var joinRef, var topic, var state) ->
                    Optional.of(text(joinRef, Ref.NONE, topic, "presence_state", state));
            case ServerMessage.PresenceDiff(var topic, var diff) ->
                    Optional.of(text(Ref.NONE, Ref.NONE, topic, "presence_diff", diff));
            case ServerMessage.Broadcast(var topic, var payload) ->
                    Optional.of(fanOut(topic, "broadcast", "", payload, ""));
            case ServerMessage.UserBroadcast(var topic, var user) -> user(topic, user);
            case ServerMessage.Changes(var topic, var ids, var data) ->
                    Optional.of(fanOut(topic, "postgres_changes", JsonFrame.ids(ids), data, "}"));
        };
    }

    private static Optional<SocketFrames> user(String topic, UserMessage user) {
        byte[] topicBytes = topic.getBytes(StandardCharsets.UTF_8);
        byte[] event = user.event().getBytes(StandardCharsets.UTF_8);
        if (topicBytes.length > LONGEST_PART || event.length > LONGEST_PART) {
            return longNames(topic, user);
        }
        Bytes payload = user.payload();
        ByteBuffer frame =
                ByteBuffer.allocate(
                        USER_BROADCAST_HEADER
                                + topicBytes.length
                                + event.length
                                + payload.length());
        frame.put((byte) USER_BROADCAST)
                .put((byte) topicBytes.length)
                .put((byte) event.length)
                .put((byte) 0)
                .put((byte) (user.encoding() == Encoding.JSON ? 1 : 0))
                .put(topicBytes)
                .put(event)
                .put(payload.array());
        return Optional.of(SocketFrames.binary(frame.array()));
    }

    /// Names that do not fit a binary frame, which only HTTP can send: JSON goes as text.
    private static Optional<SocketFrames> longNames(String topic, UserMessage user) {
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

    private static SocketFrames text(
            Ref joinRef, Ref ref, String topic, String event, String payload) {
        return new JsonFrame(48 + topic.length() + payload.length())
                .add(head(joinRef, ref, topic, event))
                .add(payload)
                .add("]")
                .frame();
    }

    private static SocketFrames fanOut(
            String topic, String event, String before, Bytes payload, String after) {
        return new JsonFrame(80 + topic.length() + before.length() + payload.length())
                .add(head(Ref.NONE, Ref.NONE, topic, event))
                .add(before)
                .add(payload)
                .add(after)
                .add("]")
                .frame();
    }

    private static String head(Ref joinRef, Ref ref, String topic, String event) {
        return "["
                + joinRef.json()
                + ","
                + ref.json()
                + ","
                + Json.quote(topic)
                + ",\""
                + event
                + "\",";
    }
}
