package dev.hearth.client.realtime;

import dev.hearth.client.internal.http.Socket;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.realtime.JsonText.MalformedException;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Frames of one version of the protocol. Used by one thread at a time.
///
/// Version 1.0.0 sends objects, `{"topic":…,"event":…,"payload":…,"ref":…,"join_ref":…}`, version
/// 2.0.0 arrays, `[join_ref, ref, topic, event, payload]`, and broadcasts as binary frames. Mirrors
/// realtime-js 2.119 `lib/serializer.ts`.
abstract sealed class Wire permits WireOne, WireTwo {

    private static final List<String> EVENTS =
            List.of(
                    "broadcast",
                    "postgres_changes",
                    "presence_diff",
                    "presence_state",
                    "phx_reply",
                    "system",
                    "phx_close",
                    "phx_error");

    private String lastTopic = "phoenix";

    static Wire of(String version) {
        return version.equals("1.0.0") ? new WireOne() : new WireTwo();
    }

    /// Reads a text frame.
    ///
    /// @throws MalformedException when it is none
    abstract Incoming.Text read(String text);

    /// Reads a binary frame.
    ///
    /// @throws MalformedException when it is none
    abstract Incoming.Binary read(ByteBuffer bytes);

    /// Writes a frame.
    ///
    /// @return whether the socket took it
    abstract boolean write(Outgoing frame, Socket socket);

    /// The bytes of all topics are few: the one of the frame before saves making it again.
    final String topic(String text, int from, int to) {
        if (to - from != lastTopic.length() + 2 || !text.startsWith(lastTopic, from + 1)) {
            lastTopic = JsonText.string(text, from, to);
        }
        return lastTopic;
    }

    static String event(String text, int from, int to) {
        for (String event : EVENTS) {
            if (to - from == event.length() + 2 && text.startsWith(event, from + 1)) {
                return event;
            }
        }
        return JsonText.string(text, from, to);
    }

    /// A reference: a text, or null; a number is lenience.
    static @Nullable String ref(String text, int from, int to) {
        if (text.charAt(from) == '"') {
            return JsonText.string(text, from, to);
        }
        return text.startsWith("null", from) ? null : text.substring(from, to);
    }

    static void requireString(String text, int from, String what) {
        if (text.charAt(from) != '"') {
            throw new MalformedException("its " + what + " is no text");
        }
    }

    static String quoted(@Nullable String text) {
        return text == null ? "null" : Json.quote(text);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
