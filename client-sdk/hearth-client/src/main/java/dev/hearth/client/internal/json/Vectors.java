package dev.hearth.client.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import java.io.IOException;
import java.util.Arrays;

/// Arrays of `real`, and vectors of the extension that has them, which come as the text `[1,2.5]`.
final class Vectors extends StdDeserializer<float[]> {

    private static final long serialVersionUID = 1L;

    Vectors() {
        super(float[].class);
    }

    @Override
    public float[] deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            return ofText(parser);
        }
        if (!parser.isExpectedStartArrayToken()) {
            throw misfit(parser);
        }
        var numbers = new float[16];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count++] = _parseFloatPrimitive(parser, context);
        }
        return Arrays.copyOf(numbers, count);
    }

    private static float[] ofText(JsonParser parser) throws IOException {
        String text = parser.getText().strip();
        if (text.length() < 2 || text.charAt(0) != '[' || !text.endsWith("]")) {
            throw misfit(parser);
        }
        String inside = text.substring(1, text.length() - 1);
        String[] parts = inside.isBlank() ? new String[0] : inside.split(",", -1);
        var numbers = new float[parts.length];
        try {
            for (int i = 0; i < parts.length; i++) {
                numbers[i] = Float.parseFloat(parts[i].strip());
            }
        } catch (NumberFormatException e) {
            throw misfit(parser);
        }
        return numbers;
    }

    private static MismatchedInputException misfit(JsonParser parser) {
        return MismatchedInputException.from(
                parser, float[].class, "a vector is an array of numbers, or the text [1,2.5]");
    }
}
