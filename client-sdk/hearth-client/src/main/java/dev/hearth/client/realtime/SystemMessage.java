package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

/// What the server tells of a channel itself, such as that changes are subscribed to.
///
/// @param extension what it is about: `postgres_changes` or `system`
/// @param status `ok` or `error`
/// @param message in words
public record SystemMessage(String extension, String status, String message) {

    static SystemMessage of(JsonNode payload) {
        return new SystemMessage(
                payload.path("extension").asText(),
                payload.path("status").asText(),
                payload.path("message").asText());
    }

    /// Whether something went wrong.
    public boolean isError() {
        return status.equals("error");
    }
}
