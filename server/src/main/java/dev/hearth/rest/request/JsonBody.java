package dev.hearth.rest.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

import dev.hearth.exchange.Bytes;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.request.QueryParameters.Argument;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// A JSON body whose objects all have the same keys.
///
/// @param content an object or an array of objects
/// @param object whether it is one object
/// @param keys of every object
record JsonBody(Bytes content, boolean object, Set<String> keys) {

    static final JsonBody EMPTY_OBJECT = new JsonBody(utf8("{}"), true, Set.of());

    private static final JsonBody EMPTY_ARRAY = new JsonBody(utf8("[]"), false, Set.of());

    private static final int MOST_LEVELS = 1000;

    /// Names of columns are few, values as long as the body may be: the database has a limit of its
    /// own for numbers.
    static final JsonFactory JSON =
            new JsonFactoryBuilder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MOST_LEVELS)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    /// Refuses a body that nobody but the database reads, where it is nested so deeply that the
    /// database would fail for want of stack.
    ///
    /// @throws Refusal with [RequestProblem.UnusableBody]
    static void requireShallow(Bytes body) {
        byte[] bytes = body.array();
        int depth = 0;
        boolean text = false;
        for (int index = 0; index < bytes.length; index++) {
            switch (bytes[index]) {
                case '\\' -> index++;
                case '"' -> text = !text;
                case '[', '{' -> depth += text ? 0 : 1;
                case ']', '}' -> depth -= text ? 0 : 1;
                default -> {}
            }
            if (depth > MOST_LEVELS) {
                throw notJson();
            }
        }
    }

    /// Reads a body. What is JSON but neither object nor array stands for no rows.
    ///
    /// @throws Refusal with [RequestProblem.UnusableBody]
    static JsonBody read(Bytes body) {
        try (JsonParser parser = JSON.createParser(body.array())) {
            JsonBody read = read(parser, body);
            if (parser.nextToken() != null) {
                throw notJson();
            }
            return read;
        } catch (IOException _) {
            throw notJson();
        }
    }

    private static JsonBody read(JsonParser parser, Bytes body) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw notJson();
        }
        return switch (first) {
            case START_OBJECT -> new JsonBody(body, true, keys(parser));
            case START_ARRAY -> array(parser, body);
            default -> {
                parser.finishToken();
                yield EMPTY_ARRAY;
            }
        };
    }

    private static JsonBody array(JsonParser parser, Bytes body) throws IOException {
        boolean uniform = true;
        Set<String> keys = null;
        for (JsonToken each = parser.nextToken();
                each != JsonToken.END_ARRAY;
                each = parser.nextToken()) {
            if (each == null) {
                throw notJson();
            }
            if (each == JsonToken.START_OBJECT) {
                Set<String> found = keys(parser);
                uniform &= keys == null || keys.equals(found);
                keys = found;
            } else {
                parser.skipChildren();
                parser.finishToken();
                uniform = false;
            }
        }
        if (!uniform) {
            throw unusable("All object keys must match");
        }
        return keys == null ? EMPTY_ARRAY : new JsonBody(body, false, keys);
    }

    private static Set<String> keys(JsonParser parser) throws IOException {
        var keys = new HashSet<String>();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            keys.add(key);
            parser.nextToken();
            parser.skipChildren();
            parser.finishToken();
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw notJson();
        }
        return keys;
    }

    /// One object of texts; of a field that comes more than once, the last counts.
    static JsonBody ofFields(List<Argument> fields) {
        var object = new LinkedHashMap<String, String>();
        fields.forEach(field -> object.put(field.name(), field.value()));
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (var field : object.entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JsonBody(new Bytes(bytes.toByteArray()), true, object.keySet());
    }

    /// Whether the first character that counts opens an object; the rest is the database's to read.
    static boolean looksLikeObject(Bytes body) {
        for (byte each : body.array()) {
            switch (each) {
                case ' ', '\t', '\n', '\r' -> {}
                default -> {
                    return each == '{';
                }
            }
        }
        return false;
    }

    private static Refusal notJson() {
        return unusable("Empty or invalid json");
    }

    static Refusal unusable(String message) {
        return new Refusal(new RequestProblem.UnusableBody(message));
    }

    private static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
