package dev.hearth.client.internal;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.internal.http.Http;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.http.HttpStream;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.Timers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// What all rooms of a client share: the server's address and keys, HTTP, JSON, threads, time. Safe
/// for any thread.
///
/// @param key the API key
/// @param token the caller's access token, or the key where there is none, or an empty text when no
///   `Authorization` shall be sent; asked for each request that has none of its own; it may block
///   while a session is refreshed, and throw
/// @param headers for every request, unless it has its own
/// @param trace the headers that tell a server's trace where a request comes from, such as
///   `traceparent`; asked for each request
public record Backend(
        Http http,
        Json json,
        Tasks tasks,
        Timers timers,
        String key,
        Supplier<String> token,
        Map<String, String> headers,
        Supplier<Map<String, String>> trace) {

    /// Copies the headers.
    public Backend {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /// Without a trace.
    public Backend(
            Http http,
            Json json,
            Tasks tasks,
            Timers timers,
            String key,
            Supplier<String> token,
            Map<String, String> headers) {
        this(http, json, tasks, timers, key, token, headers, Map::of);
    }

    /// The same with another source of tokens.
    public Backend withToken(Supplier<String> other) {
        return new Backend(http, json, tasks, timers, key, other, headers, trace);
    }

    /// Sends a request with key, token and the client's headers.
    public HttpAnswer send(HttpRequest request) {
        return http.send(dressed(request));
    }

    /// The same, with the body to be read as it comes.
    public HttpStream open(HttpRequest request) {
        return http.open(dressed(request));
    }

    /// The same without a token where the client's headers hold none: the key alone speaks.
    public HttpStream openWithKey(HttpRequest request) {
        return http.open(withHeaders(request));
    }

    /// The asynchronous form of a blocking call.
    public <T> CompletableFuture<T> async(Supplier<? extends T> call) {
        return tasks.async(call);
    }

    /// The asynchronous form of a blocking call that gives nothing.
    public CompletableFuture<Void> run(Runnable call) {
        return tasks.run(call);
    }

    /// @throws ClientClosedException when the client is closed, for calls that need no request
    public void ensureOpen() {
        if (!http.isOpen()) {
            throw new ClientClosedException();
        }
    }

    private HttpRequest dressed(HttpRequest request) {
        HttpRequest dressed = withHeaders(request);
        if (dressed.header("Authorization").isPresent()) {
            return dressed;
        }
        String bearer = token.get();
        return bearer.isEmpty() ? dressed : dressed.header("Authorization", "Bearer " + bearer);
    }

    private HttpRequest withHeaders(HttpRequest request) {
        ensureOpen();
        HttpRequest dressed = request;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            dressed = dressed.headerIfAbsent(header.getKey(), header.getValue());
        }
        dressed = dressed.headerIfAbsent("apikey", key);
        for (Map.Entry<String, String> header : trace.get().entrySet()) {
            dressed = dressed.headerIfAbsent(header.getKey(), header.getValue());
        }
        return dressed;
    }
}
