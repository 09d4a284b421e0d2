package dev.hearth.client.internal;

import dev.hearth.client.internal.http.Http;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.http.HttpStream;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.Timers;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// What all rooms of a client share: the server's address and keys, HTTP, JSON, threads, time. Safe
/// for any thread.
///
/// @param key the API key
/// @param token the caller's access token, or the key where there is none; asked for each request
///   that has no `Authorization` of its own; it may block while a session is refreshed, and throw
/// @param headers for every request, unless it has its own
public record Backend(
        Http http,
        Json json,
        Tasks tasks,
        Timers timers,
        String key,
        Supplier<String> token,
        Map<String, String> headers) {

    /// Copies the headers.
    public Backend {
        headers = Map.copyOf(headers);
    }

    /// The same with another source of tokens.
    public Backend withToken(Supplier<String> other) {
        return new Backend(http, json, tasks, timers, key, other, headers);
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

    private HttpRequest dressed(HttpRequest request) {
        HttpRequest dressed = withHeaders(request);
        return dressed.header("Authorization").isPresent()
                ? dressed
                : dressed.header("Authorization", "Bearer " + token.get());
    }

    private HttpRequest withHeaders(HttpRequest request) {
        HttpRequest dressed = request;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            dressed = dressed.headerIfAbsent(header.getKey(), header.getValue());
        }
        return dressed.headerIfAbsent("apikey", key);
    }
}
