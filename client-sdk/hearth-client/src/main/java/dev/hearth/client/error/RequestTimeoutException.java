package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// The whole answer did not come in time. The server may have carried the request out.
public final class RequestTimeoutException extends SupabaseException {

    private static final long serialVersionUID = 1L;

    private final Duration timeout;

    /// @param timeout how long was waited
    public RequestTimeoutException(
            String message,
            @Nullable RequestInfo request,
            Duration timeout,
            @Nullable Throwable cause) {
        super(message, request, cause);
        this.timeout = timeout;
    }

    /// How long was waited.
    public Duration timeout() {
        return timeout;
    }
}
