package dev.hearth.client.internal.http;

import dev.hearth.client.error.AnswerTooLargeException;
import dev.hearth.client.error.RequestInfo;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/// An answer whose body is read as it comes. Whoever gets it closes it.
///
/// @param headers by their names in lower case
/// @param body blocks; what breaks it is an `IOException` whose cause is the SDK's exception
/// @param stop ends the transfer, from any thread: who reads the body gets an exception
/// @param mostInMemory how much [#whole] reads, in bytes
public record HttpStream(
        int status,
        Map<String, List<String>> headers,
        InputStream body,
        RequestInfo request,
        Runnable stop,
        long mostInMemory)
        implements Closeable {

    private static final int MOST_IN_AN_ARRAY = Integer.MAX_VALUE - 8;

    /// Whether the status is 2xx.
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /// Reads what is left.
    ///
    /// @throws AnswerTooLargeException when that is more than `mostInMemory`
    public HttpAnswer whole() throws IOException {
        try (body) {
            return new HttpAnswer(status, headers, bytes(), request);
        }
    }

    private byte[] bytes() throws IOException {
        if (announced() > mostInMemory && !request.method().equals("HEAD")) {
            throw new AnswerTooLargeException(mostInMemory, request);
        }
        byte[] bytes = body.readNBytes((int) Math.min(mostInMemory + 1, MOST_IN_AN_ARRAY));
        if (bytes.length > mostInMemory || body.read() >= 0) {
            throw new AnswerTooLargeException(mostInMemory, request);
        }
        return bytes;
    }

    private long announced() {
        return headers.getOrDefault("content-length", List.of()).stream()
                .filter(length -> length.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
