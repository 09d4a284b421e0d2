package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.internal.json.Decoder;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.realtime.JsonText.MalformedException;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// A broadcast, its name read and what it carries left alone until somebody wants it.
///
/// @param meta JSON, or empty
sealed interface Heard {

    String event();

    String meta();

    <T> T read(Decoder<T> decoder);

    RawPayload raw();

    /// What a frame says.
    ///
    /// @throws MalformedException when it is no broadcast
    static Heard of(Incoming frame) {
        return frame instanceof Incoming.Text text
                ? Text.of(text.payload())
                : new Binary((Incoming.Binary) frame);
    }

    /// From a text frame: `{"event":…,"payload":…,"type":"broadcast","meta":…}`.
    ///
    /// @param payload JSON, `{}` where there is none
    record Text(String event, String meta, String payload) implements Heard {

        static Text of(String frame) {
            String event = "";
            String meta = "";
            String payload = "{}";
            var fields = new JsonText.Fields(frame, 0);
            while (fields.next()) {
                if (fields.is("event")) {
                    @Nullable String name = fields.stringOrNull();
                    event = name == null ? "" : name;
                } else if (fields.is("payload")) {
                    payload = fields.raw();
                } else if (fields.is("meta") && !fields.isNull()) {
                    meta = fields.raw();
                }
            }
            return new Text(event, meta, payload);
        }

        @Override
        public <T> T read(Decoder<T> decoder) {
            return decoder.read(payload);
        }

        @Override
        public RawPayload raw() {
            return new RawPayload(Wire.utf8(payload), true);
        }
    }

    /// From a binary frame.
    record Binary(Incoming.Binary frame) implements Heard {

        @Override
        public String event() {
            return frame.event();
        }

        @Override
        public String meta() {
            return frame.meta();
        }

        @Override
        public <T> T read(Decoder<T> decoder) {
            if (!frame.json()) {
                throw new JsonMappingException(
                        "broadcast "
                                + frame.event()
                                + " carries bytes, no JSON; listen with onBroadcast(event,"
                                + " handler)",
                        "",
                        null,
                        null);
            }
            byte[] bytes = frame.frame();
            return decoder.read(bytes, frame.from(), bytes.length - frame.from());
        }

        @Override
        public RawPayload raw() {
            byte[] bytes = frame.frame();
            return new RawPayload(
                    java.util.Arrays.copyOfRange(bytes, frame.from(), bytes.length), frame.json());
        }
    }

    /// With what somebody made of what it carries.
    default <T> Broadcast<T> with(T payload) {
        if (meta().isEmpty()) {
            return new Broadcast<>(event(), payload, Optional.empty(), false);
        }
        JsonNode about = Json.parse(meta());
        return new Broadcast<>(
                event(),
                payload,
                Optional.ofNullable(about.path("id").asText(null)),
                about.path("replayed").asBoolean());
    }
}
