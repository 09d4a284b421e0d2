package dev.hearth.client.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;

import dev.hearth.client.json.Range;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ranges as text, `[1,10)`, with quotes around a bound that needs them.
final class Ranges {

    private static final String BOUND = "(\"(?:[^\"\\\\]|\"\"|\\\\.)*\"|[^,\"]*)";
    private static final Pattern TEXT =
            Pattern.compile("([\\[(])" + BOUND + "," + BOUND + "([])])", Pattern.DOTALL);
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\\s,()\\[\\]\"\\\\]");

    private Ranges() {}

    static final class Reading extends StdDeserializer<Range<?>> implements ContextualDeserializer {
        private static final long serialVersionUID = 1L;

        private final @Nullable JavaType bound;

        Reading(@Nullable JavaType bound) {
            super(Range.class);
            this.bound = bound;
        }

        @Override
        public JsonDeserializer<?> createContextual(
                DeserializationContext context, @Nullable BeanProperty property) {
            JavaType type = context.getContextualType();
            if (type != null && !type.hasRawClass(Range.class)) {
                type = property == null ? null : property.getType();
            }
            return new Reading(type == null ? null : type.containedTypeOrUnknown(0));
        }

        @Override
        public Range<?> deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            String text = parser.hasToken(JsonToken.VALUE_STRING) ? parser.getText().strip() : "";
            if (text.equals("empty")) {
                return Range.empty();
            }
            Matcher parts = TEXT.matcher(text);
            if (!parts.matches()) {
                throw MismatchedInputException.from(
                        parser, Range.class, "a range is a text such as [1,10)");
            }
            return new Range<>(
                    value(parts.group(2), context),
                    value(parts.group(3), context),
                    parts.group(1).equals("["),
                    parts.group(4).equals("]"),
                    false);
        }

        private Optional<Object> value(String bare, DeserializationContext context)
                throws IOException {
            if (bare.isEmpty()) {
                return Optional.empty();
            }
            String text = unquoted(bare);
            return Optional.of(
                    bound == null || bound.hasRawClass(Object.class)
                            ? text
                            : context.readTreeAsValue(TextNode.valueOf(text), bound));
        }

        private static String unquoted(String bare) {
            return bare.startsWith("\"")
                    ? bare.substring(1, bare.length() - 1)
                            .replace("\"\"", "\\\"")
                            .replaceAll("\\\\(.)", "$1")
                    : bare;
        }
    }

    static final class Writing extends StdSerializer<Range<?>> {
        private static final long serialVersionUID = 1L;

        Writing() {
            super(Range.class, true);
        }

        @Override
        public void serialize(Range<?> range, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(
                    range.isEmpty()
                            ? "empty"
                            : (range.lowerInclusive() ? "[" : "(")
                                    + text(range.lower(), provider)
                                    + ","
                                    + text(range.upper(), provider)
                                    + (range.upperInclusive() ? "]" : ")"));
        }

        private static String text(Optional<?> bound, SerializerProvider provider)
                throws IOException {
            if (bound.isEmpty()) {
                return "";
            }
            try (var buffer = new TokenBuffer(null, false)) {
                provider.defaultSerializeValue(bound.get(), buffer);
                try (JsonParser written = buffer.asParser()) {
                    written.nextToken();
                    return quoted(written.getText());
                }
            }
        }

        private static String quoted(String text) {
            return text.isEmpty() || NEEDS_QUOTES.matcher(text).find()
                    ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                    : text;
        }
    }
}
