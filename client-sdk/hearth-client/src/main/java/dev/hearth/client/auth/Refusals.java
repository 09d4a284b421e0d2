package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.AuthException;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.internal.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Errors of the server as exceptions. Mirrors auth-js 2.119 `lib/fetch.ts`.
///
/// | shape | looks like |
/// |---|---|
/// | since 2024-01-01 | `{"code":"weak_password","message":"…"}` |
/// | before | `{"code":422,"error_code":"weak_password","msg":"…"}` |
/// | of OAuth | `{"error":"invalid_grant","error_description":"…"}` |
/// | of a gateway | `{"message":"Invalid API key","hint":"…"}` |
final class Refusals {

    private static final int LONGEST_MESSAGE = 500;

    private Refusals() {}

    static AuthException of(HttpAnswer answer) {
        JsonNode body = body(answer);
        if (!body.isObject()) {
            return new AuthException(
                    "the server answered "
                            + answer.status()
                            + " with something that is no JSON; check the address of the project",
                    null,
                    answer.status(),
                    List.of(),
                    answer.request(),
                    null);
        }
        return new AuthException(
                message(body, answer),
                code(body),
                answer.status(),
                reasons(body),
                answer.request(),
                null);
    }

    private static JsonNode body(HttpAnswer answer) {
        try {
            return Json.protocol().readTree(answer.body());
        } catch (IOException noJson) {
            return Json.protocol().missingNode();
        }
    }

    private static String message(JsonNode body, HttpAnswer answer) {
        for (String name : List.of("msg", "message", "error_description", "error")) {
            JsonNode said = body.path(name);
            if (said.isTextual() && !said.textValue().isEmpty()) {
                String text = said.textValue();
                return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
            }
        }
        return "the server answered " + answer.status() + " without a reason";
    }

    private static @Nullable String code(JsonNode body) {
        return text(body, "error_code")
                .or(() -> text(body, "code"))
                .or(() -> body.has("error_description") ? text(body, "error") : Optional.empty())
                .orElse(null);
    }

    private static Optional<String> text(JsonNode body, String name) {
        return body.path(name).isTextual()
                ? Optional.of(body.path(name).textValue())
                : Optional.empty();
    }

    private static List<String> reasons(JsonNode body) {
        var reasons = new ArrayList<String>();
        body.path("weak_password").path("reasons").forEach(reason -> reasons.add(reason.asText()));
        return reasons;
    }
}
