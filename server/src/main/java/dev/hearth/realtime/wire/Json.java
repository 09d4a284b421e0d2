package dev.hearth.realtime.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.Optional;

/// JSON as this capability reads and writes it: numbers keep their digits, nothing passes through a
/// double.
public final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();
    private static final JsonFactory FACTORY = MAPPER.getFactory();

    private Json() {}

    /// A JSON value as a tree; empty when the bytes are not exactly one.
    public static Optional<JsonNode> tree(byte[] utf8) {
        try {
            JsonNode node = MAPPER.readTree(utf8);
            return Optional.ofNullable(node).filter(found -> !found.isMissingNode());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Whether the bytes are exactly one JSON value.
    public static boolean isValue(byte[] utf8) {
        try (JsonParser parser = parser(utf8)) {
            if (parser.nextToken() == null) {
                return false;
            }
            JsonToken token = parser.currentToken();
            while (token != null) {
                if (token == JsonToken.VALUE_STRING) {
                    // Strings are read lazily; reading one to its end checks it.
                    parser.getTextLength();
                }
                boolean whole = parser.getParsingContext().inRoot();
                token = parser.nextToken();
                if (whole && token != null) {
                    return false;
                }
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// A text as a JSON string, with its quotes.
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        quote(text, out);
        return out.toString();
    }

    static void quote(String text, StringBuilder out) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    static JsonParser parser(byte[] utf8) throws IOException {
        return FACTORY.createParser(utf8);
    }
}
