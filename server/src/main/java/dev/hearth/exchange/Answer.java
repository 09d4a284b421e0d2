package dev.hearth.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What goes back: status, header fields in order, body. The gateway adds CORS and the request id.
///
/// A body of [Bytes] is sent with its `Content-Length`, any other in chunks. To a `HEAD` no body is
/// sent, and a `Content-Length` only where it is among the fields.
///
/// @param status the HTTP status
/// @param fields header fields to send; a name may come more than once (`Set-Cookie`)
/// @param body what is sent
public record Answer(int status, List<Field> fields, Body body) {

    /// A header field.
    ///
    /// @param name as it shall be written
    public record Field(String name, String value) {

        boolean isCalled(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /// Copies the fields, keeping their order.
    public Answer {
        fields = List.copyOf(fields);
    }

    /// An answer without a body.
    public static Answer empty(int status) {
        return new Answer(status, List.of(), Bytes.EMPTY);
    }

    /// A JSON answer.
    ///
    /// @param json UTF-8 text of one JSON value
    public static Answer json(int status, byte[] json) {
        return of(status, "application/json", json);
    }

    /// A text answer, UTF-8.
    public static Answer text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer of(int status, String contentType, byte[] content) {
        return new Answer(
                status, List.of(new Field("Content-Type", contentType)), new Bytes(content));
    }

    /// The same answer with this header field instead of those of its name.
    public Answer with(String name, String value) {
        return with(fields.stream().filter(field -> !field.isCalled(name)), new Field(name, value));
    }

    /// The same answer with one more header field, beside others of its name.
    public Answer adding(String name, String value) {
        return with(fields.stream(), new Field(name, value));
    }

    private Answer with(Stream<Field> others, Field last) {
        return new Answer(status, Stream.concat(others, Stream.of(last)).toList(), body);
    }

    /// The first value of a header field, whatever the case of its name.
    public Optional<String> header(String name) {
        return fields.stream().filter(field -> field.isCalled(name)).map(Field::value).findFirst();
    }

    /// The whole body in memory, written here and now.
    public byte[] content() {
        if (body instanceof Bytes bytes) {
            return bytes.array();
        }
        var content = new ByteArrayOutputStream();
        try {
            body.writeTo(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            body.close();
        }
        return content.toByteArray();
    }
}
