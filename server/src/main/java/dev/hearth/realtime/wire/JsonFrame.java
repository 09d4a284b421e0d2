package dev.hearth.realtime.wire;

import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.SocketFrames;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Collects the text of one frame: pieces of JSON, and bytes that are JSON already.
final class JsonFrame {

    private final ByteArrayOutputStream out;

    JsonFrame(int size) {
        out = new ByteArrayOutputStream(size);
    }

    JsonFrame add(String json) {
        out.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    JsonFrame add(Bytes json) {
        out.writeBytes(json.array());
        return this;
    }

    SocketFrames frame() {
        return SocketFrames.text(out.toByteArray());
    }

    static String status(boolean ok) {
        return ok ? "\"ok\"" : "\"error\"";
    }

    static String reply(ServerMessage.Reply reply) {
        return "{\"status\":" + status(reply.ok()) + ",\"response\":" + reply.response() + "}";
    }

    static String note(ServerMessage.Note note) {
        StringBuilder out = new StringBuilder("{\"extension\":");
        Json.quote(note.extension(), out);
        out.append(",\"status\":").append(status(note.ok())).append(",\"message\":");
        Json.quote(note.message(), out);
        Optional<String> channel = note.channel();
        if (channel.isPresent()) {
            Json.quote(channel.get(), out.append(",\"channel\":"));
        }
        return out.append('}').toString();
    }

    static String ids(List<Integer> ids) {
        StringBuilder out = new StringBuilder("{\"ids\":[");
        for (int i = 0; i < ids.size(); i++) {
            out.append(i == 0 ? "" : ",").append(ids.get(i));
        }
        return out.append("],\"data\":").toString();
    }

    static String userEvent(UserMessage message) {
        return "{\"event\":" + Json.quote(message.event()) + ",\"payload\":";
    }
}
