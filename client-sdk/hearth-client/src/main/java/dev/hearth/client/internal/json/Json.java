package dev.hearth.client.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.error.RequestInfo;
import dev.hearth.client.json.TypeRef;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Collectors;

/// JSON to values and back, through Jackson. Safe for any thread.
///
/// The program's values go through its own mapper, if it brought one, else through ours: names in
/// snake case, `java.time`, numbers without loss, unknown fields left alone. What the server says
/// of itself (sessions, errors, buckets) always goes through ours.
// What is read is named by a `Type`, which the compiler cannot hold against the caller's variable.
@SuppressWarnings("TypeParameterUnusedInFormals")
public final class Json {

    private static final ObjectMapper OURS = ours();

    private final ObjectMapper values;
    private final Patches patches;

    /// @param values the program's own mapper, or null for ours
    public Json(@Nullable ObjectMapper values) {
        this.values = values == null ? OURS : values;
        this.patches = new Patches(this.values);
    }

    private static ObjectMapper ours() {
        // What a column may hold: PostgreSQL's texts reach 1 GB, its numbers 147,456 digits.
        var limits =
                StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(150_000)
                        .build();
        return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .annotationIntrospector(new Labels())
                .addModules(Modules.all())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                // A numeric keeps its scale: 1.50 is not 1.5.
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
    }

    /// A value of the program as JSON.
    ///
    /// @throws JsonMappingException when it cannot be written
    public byte[] write(@Nullable Object value) {
        try {
            return values.writeValueAsBytes(patches.resolved(value));
        } catch (JsonProcessingException e) {
            throw failure("cannot write " + nameOf(value) + " as JSON", e, null);
        }
    }

    /// A value of the program as a tree.
    ///
    /// @throws JsonMappingException when it cannot be written
    public JsonNode tree(@Nullable Object value) {
        try {
            return values.valueToTree(patches.resolved(value));
        } catch (IllegalArgumentException e) {
            throw e.getCause() instanceof IOException cause
                    ? failure("cannot write " + nameOf(value) + " as JSON", cause, null)
                    : new JsonMappingException(
                            "cannot write " + nameOf(value) + " as JSON", "", null, e);
        }
    }

    /// A value of the program from JSON.
    ///
    /// @throws JsonMappingException when the JSON has another shape, or is none
    @SuppressWarnings("TypeParameterUnusedInFormals") // The type comes as reflection knows it.
    public <T> T read(byte[] json, Type type, @Nullable RequestInfo request) {
        try {
            return values.readValue(json, javaType(type));
        } catch (IOException e) {
            throw failure("cannot read the answer as " + type.getTypeName(), e, request);
        }
    }

    /// A value of the program from a tree.
    ///
    /// @throws JsonMappingException when it has another shape
    @SuppressWarnings("TypeParameterUnusedInFormals") // The type comes as reflection knows it.
    public <T> T read(JsonNode json, Type type, @Nullable RequestInfo request) {
        try {
            return values.readerFor(javaType(type)).readValue(json);
        } catch (IOException e) {
            throw failure("cannot read a value as " + type.getTypeName(), e, request);
        }
    }

    /// A list of the program's values from JSON.
    ///
    /// @throws JsonMappingException when the JSON has another shape, or is none
    public <T> List<T> readList(byte[] json, Type element, @Nullable RequestInfo request) {
        try {
            return values.readValue(
                    json,
                    values.getTypeFactory().constructCollectionType(List.class, javaType(element)));
        } catch (IOException e) {
            throw failure("cannot read the answer as rows of " + element.getTypeName(), e, request);
        }
    }

    /// JSON as plain values of Java, whatever mapper the program brought: `Map`, `List`, `String`,
    /// `Long`, `BigDecimal`, `Boolean`, null.
    ///
    /// @throws JsonMappingException when it is none
    public static @Nullable Object plain(byte[] json) {
        try {
            return OURS.readValue(json, Object.class);
        } catch (IOException e) {
            throw failure("cannot read the answer as JSON", e, null);
        }
    }

    /// The same of a tree.
    public static @Nullable Object plain(JsonNode json) {
        return OURS.convertValue(json, Object.class);
    }

    /// What reads values of one type again and again.
    public <T> Decoder<T> decoder(Type type) {
        return new Decoder<>(values.readerFor(javaType(type)), type);
    }

    /// What the server says of itself, as a tree.
    ///
    /// @throws JsonMappingException when it is no JSON
    public static JsonNode parse(String json) {
        try {
            return OURS.readTree(json);
        } catch (JsonProcessingException e) {
            throw failure("cannot read what the server says", e, null);
        }
    }

    /// A text as JSON, in its quotation marks.
    public static String quote(String text) {
        try {
            return OURS.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw failure("cannot write a text as JSON", e, null);
        }
    }

    private JavaType javaType(Type type) {
        return values.constructType(type);
    }

    /// The mapper for what the server says of itself.
    public static ObjectMapper protocol() {
        return OURS;
    }

    /// What the SDK itself says to a server, as JSON.
    public static byte[] writeProtocol(Object value) {
        try {
            return OURS.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw failure("cannot write " + nameOf(value) + " as JSON", e, null);
        }
    }

    /// What a server says of itself. What the answer holds is not told.
    ///
    /// @throws JsonMappingException when it is no JSON, or has another shape
    public static <T> T readProtocol(byte[] json, Class<T> type, RequestInfo request) {
        return protocolValue(json, OURS.readerFor(type), type, request);
    }

    /// The same for a type with arguments.
    ///
    /// @throws JsonMappingException when it is no JSON, or has another shape
    public static <T> T readProtocol(byte[] json, TypeRef<T> type, RequestInfo request) {
        Type whole = type.type();
        return protocolValue(json, OURS.readerFor(OURS.constructType(whole)), whole, request);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // The two above bind it.
    private static <T> T protocolValue(
            byte[] json, ObjectReader reader, Type type, RequestInfo request) {
        try {
            T value = reader.readValue(json);
            if (value != null) {
                return value;
            }
        } catch (IOException e) {
            throw unexpected(type, request, e);
        }
        throw unexpected(type, request, null);
    }

    private static JsonMappingException unexpected(
            Type type, RequestInfo request, @Nullable IOException cause) {
        String path =
                cause instanceof com.fasterxml.jackson.databind.JsonMappingException mapping
                        ? path(mapping.getPath())
                        : "";
        return new JsonMappingException(
                "the answer of "
                        + request.method()
                        + " "
                        + request.url()
                        + " is no JSON for "
                        + type.getTypeName()
                        + (path.isEmpty() ? "" : " at " + path)
                        + "; is this the project's address?",
                path,
                request,
                cause);
    }

    private static String nameOf(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getName();
    }

    static JsonMappingException failure(
            String what, IOException cause, @Nullable RequestInfo request) {
        String path =
                cause instanceof com.fasterxml.jackson.databind.JsonMappingException mapping
                        ? path(mapping.getPath())
                        : "";
        return new JsonMappingException(
                what + (path.isEmpty() ? "" : " at " + path) + ": " + Misfits.reason(cause),
                path,
                request,
                Misfits.tellsValues(cause) ? null : cause);
    }

    private static String path(List<Reference> references) {
        return references.stream()
                .map(
                        reference ->
                                reference.getFieldName() == null
                                        ? "[" + reference.getIndex() + "]"
                                        : "." + reference.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
