package dev.hearth.client.storage;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.RequestInfo;
import dev.hearth.client.error.StorageException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.http.Body;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.http.HttpStream;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.json.TypeRef;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/// Requests to storage, and what it refuses. Safe for any thread.
record StorageCalls(Backend backend) {

    static final String ROOT = "/storage/v1";

    /// The most of a refusal that is read.
    static final int MAX_REFUSAL_BYTES = 64 * 1024;

    private static final int MAX_MESSAGE = 500;

    /// Where storage is.
    String address() {
        return backend.http().address() + ROOT;
    }

    static HttpRequest request(String method, String path) {
        return HttpRequest.of(method, ROOT + path);
    }

    static HttpRequest request(String method, String path, Object json) {
        return request(method, path).body(Body.json(Json.writeProtocol(json)));
    }

    /// Sends a request whose answer is JSON.
    <T> T ask(HttpRequest request, Class<T> type) {
        HttpAnswer answer = taken(request);
        return Json.readProtocol(answer.body(), type, answer.request());
    }

    /// The same for a type with arguments.
    <T> T ask(HttpRequest request, TypeRef<T> type) {
        HttpAnswer answer = taken(request);
        return Json.readProtocol(answer.body(), type, answer.request());
    }

    /// Sends a request whose answer says no more than that it worked.
    void tell(HttpRequest request) {
        var unused = taken(request);
    }

    private HttpAnswer taken(HttpRequest request) {
        HttpAnswer answer = backend.send(request);
        if (!answer.isSuccess()) {
            throw refusal(answer.status(), answer.body(), answer.request());
        }
        return answer;
    }

    /// Sends or fetches a file: no end for the whole, but one for each silence.
    HttpRequest transfer(HttpRequest request, Optional<Duration> silence) {
        return request.stalled(silence(silence));
    }

    /// The longest time in which no byte moves: what was said, or else the client's timeout.
    Duration silence(Optional<Duration> said) {
        return said.orElseGet(() -> backend.http().timeout());
    }

    /// Opens a file.
    InputStream open(HttpRequest request) {
        HttpStream stream = backend.open(request);
        if (!stream.isSuccess()) {
            throw refusal(stream, request);
        }
        return stream.body();
    }

    /// Fetches a file.
    byte[] fetch(HttpRequest request) {
        HttpStream stream = backend.open(request);
        if (!stream.isSuccess()) {
            throw refusal(stream, request);
        }
        try {
            return stream.whole().body();
        } catch (IOException e) {
            throw backend.http().failure(e, request, stream.request());
        }
    }

    private SupabaseException refusal(HttpStream stream, HttpRequest request) {
        try (stream) {
            byte[] body = stream.body().readNBytes(MAX_REFUSAL_BYTES);
            return refusal(stream.status(), body, stream.request());
        } catch (IOException e) {
            return backend.http().failure(e, request, stream.request());
        }
    }

    private static StorageException refusal(int status, byte[] body, RequestInfo request) {
        @Nullable JsonNode json = json(body);
        if (json == null) {
            return new StorageException(
                    "storage answered "
                            + status
                            + " and no JSON to "
                            + request.method()
                            + " "
                            + request.url()
                            + "; is this the project's address?",
                    status,
                    null,
                    null,
                    null,
                    request);
        }
        @Nullable String code = text(json, "code");
        String told = json.path("statusCode").asText("");
        boolean number = code != null && code.matches("\\d{3}");
        return new StorageException(
                message(json, status),
                status,
                number ? null : code,
                told.isEmpty() && number ? code : told,
                text(json, "error"),
                request);
    }

    private static @Nullable JsonNode json(byte[] body) {
        try {
            JsonNode json = Json.protocol().readTree(body);
            return json != null && json.isObject() ? json : null;
        } catch (IOException none) {
            return null;
        }
    }

    private static String message(JsonNode json, int status) {
        for (String name : new String[] {"msg", "message", "error_description", "error"}) {
            @Nullable String said = text(json, name);
            if (said != null) {
                return said.length() > MAX_MESSAGE ? said.substring(0, MAX_MESSAGE) : said;
            }
        }
        @Nullable String nested = text(json.path("error"), "message");
        return nested == null ? "storage answered " + status + " without a reason" : nested;
    }

    private static @Nullable String text(JsonNode json, String name) {
        return json.path(name).isTextual() ? json.path(name).textValue() : null;
    }
}
