package dev.hearth.client.test;

import org.jspecify.annotations.Nullable;

/// The server for tests could not be started, or did not do what was asked of it. The message says
/// what to do next, and has the server's last words where there are any.
public final class TestServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message what was asked, why it failed and what would work
    public TestServerException(String message) {
        this(message, null);
    }

    /// The same, with what lies below.
    public TestServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
