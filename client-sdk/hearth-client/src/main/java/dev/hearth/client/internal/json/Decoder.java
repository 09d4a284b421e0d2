package dev.hearth.client.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.hearth.client.error.JsonMappingException;

import java.io.IOException;
import java.lang.reflect.Type;

/// Reads values of one type, many times: what it has to find out about the type it finds out once.
/// Safe for any thread.
///
/// @param <T> what it reads
public final class Decoder<T> {

    private final ObjectReader reader;
    private final Type type;

    Decoder(ObjectReader reader, Type type) {
        this.reader = reader;
        this.type = type;
    }

    /// From text.
    ///
    /// @throws JsonMappingException when it has another shape, or is no JSON
    public T read(String json) {
        try {
            return reader.readValue(json);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /// From UTF-8.
    ///
    /// @throws JsonMappingException when it has another shape, or is no JSON
    public T read(byte[] json, int from, int length) {
        try {
            return reader.readValue(json, from, length);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /// From a tree.
    ///
    /// @throws JsonMappingException when it has another shape
    public T read(JsonNode json) {
        try {
            return reader.readValue(json);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private JsonMappingException failure(IOException cause) {
        return Json.failure("cannot read a value as " + type.getTypeName(), cause, null);
    }
}
