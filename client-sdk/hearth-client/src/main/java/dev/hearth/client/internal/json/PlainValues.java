package dev.hearth.client.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON as plain values of Java: a whole number is a `Long` while it fits, every other number a
/// `BigDecimal`, so that none loses a digit.
final class PlainValues extends StdDeserializer<Object> {

    private static final long serialVersionUID = 1L;

    PlainValues() {
        super(Object.class);
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT, FIELD_NAME -> map(parser, context);
            case START_ARRAY -> list(parser, context);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_EMBEDDED_OBJECT -> parser.getEmbeddedObject();
            default -> context.handleUnexpectedToken(Object.class, parser);
        };
    }

    private Map<String, @Nullable Object> map(JsonParser parser, DeserializationContext context)
            throws IOException {
        var map = new LinkedHashMap<String, @Nullable Object>();
        String name =
                parser.hasToken(JsonToken.FIELD_NAME)
                        ? parser.currentName()
                        : parser.nextFieldName();
        for (; name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            map.put(name, deserialize(parser, context));
        }
        return map;
    }

    private List<@Nullable Object> list(JsonParser parser, DeserializationContext context)
            throws IOException {
        var list = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(deserialize(parser, context));
        }
        return list;
    }

    private static Number whole(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? new BigDecimal(parser.getBigIntegerValue())
                : (Number) parser.getLongValue();
    }
}
