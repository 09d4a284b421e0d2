package dev.hearth.client.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;

import java.io.IOException;
import java.util.function.Function;

/// Writes a value as the text that PostgreSQL reads.
final class ToText<T> extends StdScalarSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final transient Function<? super T, String> text;

    ToText(Class<T> type, Function<? super T, String> text) {
        super(type);
        this.text = text;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        json.writeString(text.apply(value));
    }
}
