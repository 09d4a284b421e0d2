package dev.hearth.client.internal;

import dev.hearth.client.internal.http.Http;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.SystemTimers;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A server that answers as told and keeps what it was asked.
public final class RecordingServer implements AutoCloseable {

    /// Headers that every request has, or that the transport adds.
    private static final List<String> USUAL =
            List.of("host", "connection", "accept-encoding", "user-agent", "content-length");

    private final MockWebServer server = new MockWebServer();

    /// A request as it came: first line, headers that are not usual, body.
    public record Asked(String line, Map<String, String> headers, String body) {}

    public RecordingServer() {
        try {
            server.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a client shares, with the key `key` and the token `token`.
    public Backend backend() {
        return backend("key", "token", Duration.ofSeconds(10));
    }

    public Backend backend(String key, String token, Duration timeout) {
        return new Backend(
                new Http(null, address(), timeout),
                new Json(null),
                Tasks.own(true),
                new SystemTimers(),
                key,
                () -> token,
                Map.of());
    }

    public String address() {
        String url = server.url("/").toString();
        return url.substring(0, url.length() - 1);
    }

    public RecordingServer answers(String json) {
        return answers(200, json);
    }

    public RecordingServer answers(int status, String json) {
        return answers(
                new MockResponse.Builder()
                        .code(status)
                        .setHeader("content-type", "application/json; charset=utf-8")
                        .body(json)
                        .build());
    }

    public RecordingServer answers(MockResponse answer) {
        server.enqueue(answer);
        return this;
    }

    /// The next request.
    public RecordedRequest takeRaw() {
        try {
            RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("nothing was asked");
            }
            return request;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Asked take() {
        RecordedRequest request = takeRaw();
        var headers = new TreeMap<String, String>();
        request.getHeaders()
                .forEach(
                        header -> {
                            String name = header.getFirst().toLowerCase(java.util.Locale.ROOT);
                            if (!USUAL.contains(name)) {
                                headers.put(name, header.getSecond());
                            }
                        });
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        return new Asked(request.getMethod() + " " + request.getTarget(), headers, body);
    }

    public int count() {
        return server.getRequestCount();
    }

    @Override
    public void close() {
        server.close();
    }
}
