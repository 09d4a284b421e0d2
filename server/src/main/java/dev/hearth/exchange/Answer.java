package dev.hearth.exchange;

import java.util.LinkedHashMap;
import java.util.Map;

/// What goes back: status, header fields in order, body. The gateway adds CORS and the request id.
///
/// @param status the HTTP status
/// @param headers fields to send, names as they shall be written
/// @param body the bytes; not copied, so the maker must not change them afterwards
public record Answer(int status, Map<String, String> headers, Bytes body) {

    /// Copies the fields, keeping their order.
    public Answer {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /// An answer without a body.
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), Bytes.EMPTY);
    }

    /// A JSON answer.
    ///
    /// @param json UTF-8 text of one JSON value
    public static Answer json(int status, byte[] json) {
        return new Answer(status, Map.of("Content-Type", "application/json"), new Bytes(json));
    }

    /// A text answer, UTF-8.
    public static Answer text(int status, String text) {
        return new Answer(
                status,
                Map.of("Content-Type", "text/plain; charset=utf-8"),
                new Bytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    /// The same answer with one more header field.
    public Answer with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }
}
