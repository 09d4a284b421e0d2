package dev.hearth.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.exchange.Bytes;
import dev.hearth.realtime.wire.Json;
import dev.hearth.realtime.wire.ServerMessage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The body of a batch of broadcasts, checked:
///
///     {"messages":[{"topic":"room:1","event":"E","payload":{},"private":false,"id":"…"}]}
sealed interface Batch {

    /// Every message is as it should be.
    record Valid(List<Message> messages) implements Batch {
        public Valid {
            messages = List.copyOf(messages);
        }
    }

    /// Something is not.
    ///
    /// @param errors the body of the answer: for each message, its bad fields
    record Invalid(String errors) implements Batch {}

    /// One message.
    ///
    /// @param topic without `realtime:`
    /// @param payload a JSON object
    record Message(
            String topic, String event, String payload, boolean isPrivate, Optional<String> id) {

        /// The frame for its receivers.
        ServerMessage frame() {
            String json =
                    "{\"event\":"
                            + Json.quote(event)
                            + ",\"payload\":"
                            + payload
                            + ",\"type\":\"broadcast\""
                            + id.map(text -> ",\"meta\":{\"id\":" + Json.quote(text) + "}")
                                    .orElse("")
                            + "}";
            return new ServerMessage.Broadcast(
                    "realtime:" + topic, new Bytes(json.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /// Checks a body.
    ///
    /// @param maxPayloadBytes the most bytes of one payload
    static Batch parse(JsonNode body, int maxPayloadBytes) {
        JsonNode list = body.path("messages");
        if (list.isMissingNode() || list.isNull() || (list.isArray() && list.isEmpty())) {
            return new Invalid("{\"errors\":{\"messages\":[\"can't be blank\"]}}");
        }
        if (!list.isArray()) {
            return new Invalid("{\"errors\":{\"messages\":[\"is invalid\"]}}");
        }
        List<Message> messages = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        boolean bad = false;
        for (JsonNode entry : list) {
            Map<String, String> problems = problems(entry, maxPayloadBytes);
            bad |= !problems.isEmpty();
            errors.add(object(problems));
            if (problems.isEmpty()) {
                messages.add(message(entry));
            }
        }
        return bad
                ? new Invalid("{\"errors\":{\"messages\":[" + String.join(",", errors) + "]}}")
                : new Valid(messages);
    }

    private static Map<String, String> problems(JsonNode entry, int maxPayloadBytes) {
        Map<String, String> problems = new LinkedHashMap<>();
        for (String name : List.of("topic", "event")) {
            JsonNode found = entry.path(name);
            if (found.isMissingNode() || found.isNull() || found.asText("").isBlank()) {
                problems.put(name, found.isContainerNode() ? "is invalid" : "can't be blank");
            } else if (!found.isTextual()) {
                problems.put(name, "is invalid");
            }
        }
        JsonNode payload = entry.path("payload");
        if (payload.isMissingNode() || payload.isNull()) {
            problems.put("payload", "can't be blank");
        } else if (!payload.isObject()) {
            problems.put("payload", "is invalid");
        } else if (payload.toString().getBytes(StandardCharsets.UTF_8).length > maxPayloadBytes) {
            problems.put("payload", "Payload size exceeds tenant limit");
        }
        JsonNode isPrivate = entry.path("private");
        if (!isPrivate.isMissingNode() && !isPrivate.isNull() && !isPrivate.isBoolean()) {
            problems.put("private", "is invalid");
        }
        return problems;
    }

    private static Message message(JsonNode entry) {
        return new Message(
                entry.path("topic").textValue(),
                entry.path("event").textValue(),
                entry.path("payload").toString(),
                entry.path("private").asBoolean(false),
                Optional.ofNullable(entry.path("id").textValue()));
    }

    private static String object(Map<String, String> problems) {
        StringBuilder out = new StringBuilder("{");
        problems.forEach(
                (field, problem) ->
                        out.append(out.length() == 1 ? "" : ",")
                                .append(Json.quote(field))
                                .append(":[")
                                .append(Json.quote(problem))
                                .append(']'));
        return out.append('}').toString();
    }
}
