package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

/// Somebody cancelled the future of the call, or interrupted the thread that waited.
public final class RequestCancelledException extends SupabaseException {

    private static final long serialVersionUID = 1L;

    /// @param message what was cancelled
    public RequestCancelledException(
            String message, @Nullable RequestInfo request, @Nullable Throwable cause) {
        super(message, request, cause);
    }
}
