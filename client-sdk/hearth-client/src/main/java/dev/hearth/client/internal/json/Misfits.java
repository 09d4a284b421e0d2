package dev.hearth.client.internal.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;

import java.io.IOException;

/// Why JSON and a class do not fit, without the values themselves, which may be private.
final class Misfits {

    private Misfits() {}

    static String reason(IOException cause) {
        if (cause instanceof InvalidFormatException format) {
            Object value = format.getValue();
            return "a "
                    + (value instanceof Number ? "number" : "text")
                    + " is no "
                    + format.getTargetType().getSimpleName();
        }
        if (coercion(cause) instanceof InputCoercionException coercion) {
            return "a number does not fit into " + coercion.getTargetType().getSimpleName();
        }
        if (cause instanceof JsonParseException parse) {
            return "it is no JSON (line "
                    + parse.getLocation().getLineNr()
                    + ", column "
                    + parse.getLocation().getColumnNr()
                    + "); is this the address of the project?";
        }
        return cause instanceof JsonProcessingException processing
                ? processing.getOriginalMessage()
                : String.valueOf(cause.getMessage());
    }

    /// Whether its own message has a value in it.
    static boolean tellsValues(IOException cause) {
        return cause instanceof InvalidFormatException
                || cause instanceof JsonParseException
                || coercion(cause) instanceof InputCoercionException;
    }

    private static Throwable coercion(IOException cause) {
        return cause.getCause() == null ? cause : cause.getCause();
    }
}
