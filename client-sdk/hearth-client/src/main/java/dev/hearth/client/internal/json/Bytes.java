package dev.hearth.client.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// `bytea` to `byte[]` and back: `\x6869` over REST, `6869` in changes. Other text, which stands in
/// columns of JSON, is base64.
final class Bytes {

    private static final Pattern HEX = Pattern.compile("(?:[0-9a-f]{2})*");

    private Bytes() {}

    private static byte[] of(String text) {
        if (text.startsWith("\\x")) {
            return HexFormat.of().parseHex(text, 2, text.length());
        }
        return HEX.matcher(text).matches()
                ? HexFormat.of().parseHex(text)
                : Base64.getDecoder().decode(text);
    }

    static final class Reading extends StdScalarDeserializer<byte[]> {
        private static final long serialVersionUID = 1L;

        Reading() {
            super(byte[].class);
        }

        @Override
        public byte[] deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw MismatchedInputException.from(
                        parser,
                        byte[].class,
                        "bytes are read from text, not from " + parser.currentToken());
            }
            try {
                return of(parser.getText());
            } catch (IllegalArgumentException e) {
                throw MismatchedInputException.from(
                        parser, byte[].class, "the text is neither hexadecimal nor base64");
            }
        }
    }

    static final class Writing extends StdScalarSerializer<byte[]> {
        private static final long serialVersionUID = 1L;

        Writing() {
            super(byte[].class);
        }

        @Override
        public void serialize(byte[] value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString("\\x" + HexFormat.of().formatHex(value));
        }
    }
}
