package dev.hearth.client.internal.http;

import dev.hearth.client.error.RequestInfo;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/// An answer whose body is read as it comes. Whoever gets it closes it.
///
/// @param headers by their names in lower case
/// @param body blocks; reading it fails once the client is closed
/// @param stop ends the transfer, from any thread: who reads the body gets an exception
public record HttpStream(
        int status,
        Map<String, List<String>> headers,
        InputStream body,
        RequestInfo request,
        Runnable stop)
        implements Closeable {

    /// Whether the status is 2xx.
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /// Reads what is left.
    public HttpAnswer whole() throws IOException {
        try (body) {
            return new HttpAnswer(status, headers, body.readAllBytes(), request);
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
