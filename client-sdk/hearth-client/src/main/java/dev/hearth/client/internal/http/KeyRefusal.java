package dev.hearth.client.internal.http;

import dev.hearth.client.error.ApiKeyException;
import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.internal.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;

/// Tells an answer that refuses the API key from every other 401 and 403: gateways have words of
/// their own for it, before any room is asked.
final class KeyRefusal {

    /// What is looked at, in bytes; a refusal is short.
    static final long MOST_LOOKED_AT = 4096;

    private static final Set<String> WORDS =
            Set.of(
                    "Invalid API key",
                    "No API key found in request",
                    "Invalid authentication credentials");

    private KeyRefusal() {}

    static boolean isPossible(int status, @Nullable String contentType) {
        return (status == 401 || status == 403)
                && contentType != null
                && contentType.startsWith("application/json");
    }

    /// @param start of the answer
    static void throwIfRefused(HttpStream answer, byte[] start) {
        if (parsed(start) instanceof Map<?, ?> said
                && said.get("message") instanceof String reason
                && WORDS.contains(reason)) {
            String hint = said.get("hint") instanceof String text ? text : null;
            throw new ApiKeyException(answer.status(), reason, hint, answer.request());
        }
    }

    private static @Nullable Object parsed(byte[] start) {
        try {
            return Json.plain(start);
        } catch (JsonMappingException longerOrNoJson) {
            return null;
        }
    }
}
