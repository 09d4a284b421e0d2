package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

/// The server was not reached, or the way to it broke: no such host, nobody listens, TLS that does
/// not hold, a connection that was cut, an answer that is not what the server sends. Whether the
/// request was carried out is not known, unless [#neverSent] says that it was not.
public class TransportException extends SupabaseException {

    private static final long serialVersionUID = 1L;

    private final boolean neverSent;

    /// @param neverSent whether nothing of the request can have reached the server
    public TransportException(
            String message,
            @Nullable RequestInfo request,
            @Nullable Throwable cause,
            boolean neverSent) {
        super(message, request, cause);
        this.neverSent = neverSent;
    }

    /// Whether nothing of the request can have reached the server, so that it may be sent again
    /// without harm.
    public boolean neverSent() {
        return neverSent;
    }
}
