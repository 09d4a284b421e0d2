package dev.hearth.client.test;

import mockwebserver3.RecordedRequest;

import okio.ByteString;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a [ScriptedServer] was asked. Immutable.
public final class ScriptedRequest {

    private final String method;
    private final String path;
    private final String query;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    private ScriptedRequest(
            String method,
            String path,
            String query,
            Map<String, List<String>> headers,
            byte[] body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
    }

    static ScriptedRequest of(RecordedRequest recorded) {
        String[] target = recorded.getTarget().split("\\?", 2);
        ByteString sent = recorded.getBody();
        return new ScriptedRequest(
                recorded.getMethod(),
                target[0],
                target.length == 2 ? target[1] : "",
                recorded.getHeaders().toMultimap(),
                sent == null ? new byte[0] : sent.toByteArray());
    }

    /// Such as `GET`.
    public String method() {
        return method;
    }

    /// As it came over the wire, encoded, without the query: `/rest/v1/notes`.
    public String path() {
        return path;
    }

    /// As it came over the wire, encoded, without the question mark; empty where there is none.
    public String query() {
        return query;
    }

    /// The last header of that name, in whatever case.
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .reduce((first, last) -> last);
    }

    /// The body as text; empty where there is none.
    public String body() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// The body, a copy of it.
    public byte[] bytes() {
        return body.clone();
    }

    /// Method and target, without headers and body.
    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query);
    }
}
