package dev.hearth.client.internal.http;

import dev.hearth.client.error.RequestInfo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the server answered, whole.
public final class HttpAnswer {

    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final RequestInfo request;

    /// @param headers by their names in lower case
    /// @param request what it answers
    public HttpAnswer(
            int status, Map<String, List<String>> headers, byte[] body, RequestInfo request) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.request = request;
    }

    /// The status.
    public int status() {
        return status;
    }

    /// Whether the status is 2xx.
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /// The headers, by their names in lower case.
    public Map<String, List<String>> headers() {
        return headers;
    }

    /// The first value of a header.
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    /// The bytes; whoever gets them leaves them as they are.
    public byte[] body() {
        return body;
    }

    /// The bytes as UTF-8.
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// What it answers.
    public RequestInfo request() {
        return request;
    }
}
