package dev.hearth.client.error;

import java.util.Optional;

/// The request that an error belongs to. Holds neither query, header nor body, so that it may be
/// logged.
///
/// @param method of HTTP, `WS` for a socket
/// @param url without its query
/// @param attempts how often it was sent, 0 when it never was
/// @param requestId under which the server's log knows it
public record RequestInfo(String method, String url, int attempts, Optional<String> requestId) {

    @Override
    public String toString() {
        return method
                + " "
                + url
                + (attempts > 1 ? " (" + attempts + " attempts)" : "")
                + requestId.map(id -> " [" + id + "]").orElse("");
    }
}
