package dev.hearth.realtime.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.hearth.exchange.Bytes;
import dev.hearth.realtime.wire.ClientMessage.AccessToken;
import dev.hearth.realtime.wire.ClientMessage.Address;
import dev.hearth.realtime.wire.ClientMessage.Broadcast;
import dev.hearth.realtime.wire.ClientMessage.Heartbeat;
import dev.hearth.realtime.wire.ClientMessage.Join;
import dev.hearth.realtime.wire.ClientMessage.Leave;
import dev.hearth.realtime.wire.ClientMessage.Malformed;
import dev.hearth.realtime.wire.ClientMessage.Other;
import dev.hearth.realtime.wire.ClientMessage.Presence;

import java.util.Optional;

/// From the bytes of one message to what it says. Total: every input gives a value, nothing throws.
///
/// | text frame | becomes |
/// |---|---|
/// | 2.0.0 `[null,"1","phoenix","heartbeat",{}]` | `Heartbeat("1")` |
/// | 1.0.0 `{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"1"}` | the same |
/// | `["6","7","realtime:a","broadcast",{"event":"x"}]` | `Broadcast` with the payload's bytes |
/// | `[]`, `{`, `"x"` | `Malformed` |
public final class MessageParser {

    private MessageParser() {}

    /// Reads a text message.
    ///
    /// @param utf8 well-formed UTF-8
    public static ClientMessage text(ProtocolVersion version, byte[] utf8) {
        return Envelope.read(version, utf8)
                .map(MessageParser::message)
                .orElseGet(
                        () ->
                                new Malformed(
                                        version == ProtocolVersion.V1
                                                ? "expected an object with topic, event, payload"
                                                        + " and ref"
                                                : "expected an array of join_ref, ref, topic, event"
                                                        + " and payload"));
    }

    /// Reads a binary message.
    public static ClientMessage binary(ProtocolVersion version, byte[] bytes) {
        return version == ProtocolVersion.V1
                ? new Malformed("version 1.0.0 has no binary frames")
                : BinaryFrame.read(bytes);
    }

    private static ClientMessage message(Envelope envelope) {
        Address at = envelope.at();
        if (at.topic().equals("phoenix") && envelope.event().equals("heartbeat")) {
            return new Heartbeat(at.ref());
        }
        return switch (envelope.event()) {
            case "phx_join" -> new Join(at, JoinRequest.parse(tree(envelope)));
            case "phx_leave" -> new Leave(at);
            case "access_token" -> new AccessToken(at, textIn(tree(envelope).path("access_token")));
            case "broadcast" ->
                    envelope.payload()
                            .<ClientMessage>map(payload -> new Broadcast(at, payload))
                            .orElseGet(() -> new Malformed("a broadcast's payload is an object"));
            case "presence" -> presence(at, tree(envelope));
            default -> new Other(at, envelope.event());
        };
    }

    private static Presence presence(Address at, JsonNode payload) {
        return new Presence(
                at, textIn(payload.path("event")), Optional.ofNullable(payload.get("payload")));
    }

    private static Optional<String> textIn(JsonNode node) {
        return Optional.ofNullable(node.textValue());
    }

    private static JsonNode tree(Envelope envelope) {
        return envelope.payload()
                .map(Bytes::array)
                .flatMap(Json::tree)
                .orElseGet(MissingNode::getInstance);
    }
}
