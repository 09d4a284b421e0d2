package dev.hearth.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.exchange.Request;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The JSON object that came as a body. Unknown members are ignored and null counts as absent; a
/// member of the wrong type is refused when it is asked for. The content type does not matter.
final class JsonBody {

    private final ObjectNode members;

    private JsonBody(ObjectNode members) {
        this.members = members;
    }

    /// Reads the whole body; blocks until the client has sent it.
    ///
    /// @throws dev.hearth.problem.Refusal `bad_json`, or when it is over the route's limit
    /// @throws IOException when the client goes away
    static JsonBody of(Request request) throws IOException {
        String text = new String(request.body().bytes(), StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw new AuthProblem.BadJson("unexpected end of JSON input").refusal();
        }
        return parse(text);
    }

    static JsonBody parse(String text) {
        JsonNode value;
        try {
            value = Json.body(text);
        } catch (JsonProcessingException e) {
            throw new AuthProblem.BadJson(reason(e)).refusal();
        }
        if (value instanceof ObjectNode object) {
            return new JsonBody(object);
        }
        if (value.isNull()) {
            return new JsonBody(Json.object());
        }
        throw new AuthProblem.BadJson("the body must be an object").refusal();
    }

    /// The text of a member, empty when it is absent.
    String text(String name) {
        return optionalText(name).orElse("");
    }

    /// The text of a member.
    Optional<String> optionalText(String name) {
        Optional<JsonNode> value = value(name);
        if (value.isPresent() && !value.get().isTextual()) {
            throw new AuthProblem.BadJson("%s must be a string".formatted(name)).refusal();
        }
        return value.map(JsonNode::textValue);
    }

    /// The object in a member, in the form in which it can be stored.
    Optional<ObjectNode> data(String name) {
        return value(name)
                .map(
                        value -> {
                            if (value instanceof ObjectNode object) {
                                return StorableData.of(object);
                            }
                            throw new AuthProblem.BadJson("%s must be an object".formatted(name))
                                    .refusal();
                        });
    }

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(members.get(name)).filter(value -> !value.isNull());
    }

    /// Where it went wrong, but not what was there: the text may hold a password.
    private static String reason(JsonProcessingException e) {
        var place = e.getLocation();
        return place == null
                ? "invalid JSON"
                : "invalid JSON at line %d, column %d"
                        .formatted(place.getLineNr(), place.getColumnNr());
    }
}
