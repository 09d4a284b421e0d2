package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

/// A value could not be made of JSON, or JSON of a value: the server's answer has another shape
/// than the class that was asked for.
public final class JsonMappingException extends SupabaseException {

    private static final long serialVersionUID = 1L;

    private final String path;

    /// @param path to what does not fit, such as `[3].created_at`; empty for the whole
    public JsonMappingException(
            String message, String path, @Nullable RequestInfo request, @Nullable Throwable cause) {
        super(message, request, cause);
        this.path = path;
    }

    /// The way to what does not fit, such as `[3].created_at`; empty for the whole.
    public String path() {
        return path;
    }
}
