package dev.hearth.client.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.http.Body;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Sends the requests of this room. Mirrors auth-js 2.119 `lib/fetch.ts`. Safe for any thread.
final class Calls {

    static final String ROOT = "/auth/v1";

    private static final String VERSION = "2024-01-01";

    /// What programs fill with values of their own, which go through their own mapper.
    private static final Set<String> OF_PROGRAMS = Set.of("data", "user_metadata", "app_metadata");

    private final Backend backend;
    private final ServerClock clock;

    Calls(Backend backend, ServerClock clock) {
        this.backend = backend;
        this.clock = clock;
    }

    static HttpRequest get(String path) {
        return HttpRequest.of("GET", ROOT + path);
    }

    HttpRequest post(String path, Map<String, ? extends @Nullable Object> body) {
        return carrying(HttpRequest.of("POST", ROOT + path), body);
    }

    HttpRequest put(String path, Map<String, ? extends @Nullable Object> body) {
        return carrying(HttpRequest.of("PUT", ROOT + path), body);
    }

    HttpRequest delete(String path, Map<String, ? extends @Nullable Object> body) {
        return carrying(HttpRequest.of("DELETE", ROOT + path), body);
    }

    static HttpRequest delete(String path) {
        return HttpRequest.of("DELETE", ROOT + path);
    }

    /// On behalf of the user of a token.
    static HttpRequest as(String accessToken, HttpRequest request) {
        return request.header("Authorization", "Bearer " + accessToken);
    }

    static HttpRequest to(@Nullable String address, HttpRequest request) {
        return address == null ? request : request.query("redirect_to", address);
    }

    private HttpRequest carrying(
            HttpRequest request, Map<String, ? extends @Nullable Object> fields) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        fields.forEach(
                (name, value) ->
                        body.put(
                                name,
                                OF_PROGRAMS.contains(name) ? backend.json().tree(value) : value));
        try {
            byte[] bytes = Json.protocol().writeValueAsBytes(body);
            return request.body(Body.of("application/json;charset=UTF-8", bytes));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON can be made of the request", e);
        }
    }

    /// Sends it and hands over an answer of success, whatever is in it.
    ///
    /// @throws AuthException when the server refuses
    HttpAnswer send(HttpRequest request) {
        long sentAt = backend.timers().nanos();
        HttpAnswer answer = backend.send(request.header("X-Supabase-Api-Version", VERSION));
        clock.read(answer, sentAt);
        if (!answer.isSuccess()) {
            throw Refusals.of(answer);
        }
        return answer;
    }

    /// Sends it and reads the answer.
    ///
    /// @throws TransportException when the answer is no JSON, as of a gate that wants a password
    JsonNode ask(HttpRequest request) {
        return read(send(request));
    }

    /// Reads an answer.
    static JsonNode read(HttpAnswer answer) {
        try {
            return tree(answer);
        } catch (IOException e) {
            throw new TransportException(
                    "the server answered with something that is no JSON; check the address of the"
                            + " project and what stands between here and it",
                    answer.request(),
                    e,
                    false);
        }
    }

    /// The address in an answer.
    static URI url(JsonNode answer) {
        try {
            return URI.create(answer.path("url").asText(""));
        } catch (IllegalArgumentException e) {
            throw AuthException.local(
                    "the server sent an address that is none", AuthErrorCode.UNEXPECTED_FAILURE);
        }
    }

    private static JsonNode tree(HttpAnswer answer) throws IOException {
        JsonNode tree = Json.protocol().readTree(answer.body());
        if (tree.isContainerNode()) {
            return tree;
        }
        throw new IOException("neither an object nor a list");
    }
}
