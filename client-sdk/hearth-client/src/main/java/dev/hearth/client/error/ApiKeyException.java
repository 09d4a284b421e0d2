package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalInt;

/// The server refused the API key itself, before it looked at the request: the second argument of
/// `SupabaseClient.create` is not a key of the project that the first one names. What a user may
/// not do is another matter, told by the rooms' own exceptions.
public final class ApiKeyException extends SupabaseException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String hint;

    /// @param status 401 or 403
    /// @param reason the server's own words
    /// @param hint the server's, or null
    public ApiKeyException(
            int status, String reason, @Nullable String hint, @Nullable RequestInfo request) {
        super(
                "the server refused the API key: "
                        + reason
                        + "; give SupabaseClient.create a publishable (anon) or secret"
                        + " (service_role) key of this very project",
                request,
                null);
        this.status = status;
        this.hint = hint;
    }

    @Override
    public OptionalInt status() {
        return OptionalInt.of(status);
    }

    @Override
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
