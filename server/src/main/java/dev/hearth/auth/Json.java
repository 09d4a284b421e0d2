package dev.hearth.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.exchange.Answer;

import java.nio.charset.StandardCharsets;

/// JSON as auth reads and writes it: numbers exact, nothing behind the value.
final class Json {

    /// Levels of nesting in a body. A user's data is written two levels deeper than it came, and
    /// everything that reads a token must be able to follow.
    static final int DEEPEST = 500;

    /// Digits in a number of the database, which writes `1e2000` out in full.
    private static final int LONGEST_NUMBER = 200_000;

    private static final JsonMapper BODIES = mapper(DEEPEST, 1000);
    private static final JsonMapper ROWS = mapper(2 * DEEPEST, LONGEST_NUMBER);

    private Json() {}

    private static JsonMapper mapper(int depth, int digits) {
        var mapper =
                JsonMapper.builder()
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                        .build();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(depth)
                                .maxNumberLength(digits)
                                .build());
        return mapper;
    }

    /// A new, empty object.
    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// Reads what a client sent.
    static JsonNode body(String text) throws JsonProcessingException {
        return BODIES.readTree(text);
    }

    /// Reads what the database gave.
    static JsonNode row(String text) {
        try {
            return ROWS.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database gave JSON that cannot be read", e);
        }
    }

    /// A JSON answer.
    static Answer answer(int status, ObjectNode body) {
        return Answer.json(status, body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
