package dev.hearth.client.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.DateTimeException;
import java.util.function.Function;

/// Reads a value that PostgreSQL sends as text. What is wrong is told without the text itself.
final class FromText<T> extends StdScalarDeserializer<T> {

    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> parse;

    /// @param parse may throw `DateTimeException` or `IllegalArgumentException` with a reason
    FromText(Class<T> type, Function<String, T> parse) {
        super(type);
        this.parse = parse;
    }

    @Override
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            throw MismatchedInputException.from(
                    parser,
                    handledType(),
                    "a "
                            + handledType().getSimpleName()
                            + " is read from text, not from "
                            + parser.currentToken());
        }
        try {
            return parse.apply(parser.getText().strip());
        } catch (IllegalArgumentException e) {
            throw MismatchedInputException.from(parser, handledType(), e.getMessage());
        } catch (DateTimeException e) {
            throw MismatchedInputException.from(
                    parser,
                    handledType(),
                    "the text is no " + handledType().getSimpleName() + " of PostgreSQL");
        }
    }
}
