package dev.hearth.realtime.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.hearth.exchange.Bytes;
import dev.hearth.realtime.wire.ClientMessage.Address;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// The outer shape of a text message. The payload is not read but cut out of the message, so that a
/// broadcast is handed on as it was written.
///
/// @param payload the bytes of the payload, when it is an object
record Envelope(Address at, String event, Optional<Bytes> payload) {

    /// @return empty when the message has not the shape of its version
    static Optional<Envelope> read(ProtocolVersion version, byte[] utf8) {
        try (JsonParser parser = Json.parser(utf8)) {
            var reader = new Reader(parser, utf8);
            boolean shaped = version == ProtocolVersion.V1 ? reader.object() : reader.array();
            return shaped && parser.nextToken() == null ? reader.envelope() : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static final class Reader {
        private final JsonParser parser;
        private final byte[] utf8;
        private Ref joinRef = Ref.NONE;
        private @Nullable Ref ref;
        private @Nullable String topic;
        private @Nullable String event;
        private boolean hasPayload;
        private Optional<Bytes> payload = Optional.empty();

        Reader(JsonParser parser, byte[] utf8) {
            this.parser = parser;
            this.utf8 = utf8;
        }

        Optional<Envelope> envelope() {
            if (ref == null || topic == null || event == null || !hasPayload) {
                return Optional.empty();
            }
            return Optional.of(new Envelope(new Address(joinRef, ref, topic), event, payload));
        }

        /// `[join_ref, ref, topic, event, payload, …]`
        boolean array() throws IOException {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return false;
            }
            int index = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                boolean fits =
                        switch (index++) {
                            case 0 -> joinRef();
                            case 1 -> ref();
                            case 2 -> topic();
                            case 3 -> event();
                            case 4 -> payload();
                            default -> skip();
                        };
                if (!fits) {
                    return false;
                }
            }
            return true;
        }

        /// `{"topic":…,"event":…,"payload":…,"ref":…,"join_ref":…}`, in any order.
        boolean object() throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                boolean fits =
                        switch (name) {
                            case "join_ref", "joinRef" -> joinRef();
                            case "ref" -> ref();
                            case "topic" -> topic();
                            case "event" -> event();
                            case "payload" -> payload();
                            default -> skip();
                        };
                if (!fits) {
                    return false;
                }
            }
            return true;
        }

        private boolean joinRef() throws IOException {
            Ref found = scalar();
            if (found != null) {
                joinRef = found;
            }
            return found != null;
        }

        private boolean ref() throws IOException {
            ref = scalar();
            return ref != null;
        }

        private boolean topic() throws IOException {
            topic = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
            return topic != null;
        }

        private boolean event() throws IOException {
            event = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
            return event != null;
        }

        private boolean payload() throws IOException {
            hasPayload = true;
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                payload = Optional.empty();
                return skip();
            }
            long start = parser.currentTokenLocation().getByteOffset();
            skip();
            long end = parser.currentLocation().getByteOffset();
            if (start < 0 || end > utf8.length) {
                return false;
            }
            payload = Optional.of(new Bytes(Arrays.copyOfRange(utf8, (int) start, (int) end)));
            return true;
        }

        private @Nullable Ref scalar() throws IOException {
            return switch (parser.currentToken()) {
                case null -> null;
                case VALUE_NULL -> Ref.NONE;
                case VALUE_STRING -> Ref.text(parser.getText());
                case VALUE_NUMBER_INT -> new Ref(parser.getText());
                default -> null;
            };
        }

        /// Passes over the value at hand, reading every string in it: they are checked only when
        /// read.
        private boolean skip() throws IOException {
            int depth = 0;
            JsonToken token = parser.currentToken();
            while (true) {
                if (token == null) {
                    return false;
                }
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.VALUE_STRING) {
                    parser.getTextLength();
                }
                if (depth == 0) {
                    return true;
                }
                token = parser.nextToken();
            }
        }
    }
}
