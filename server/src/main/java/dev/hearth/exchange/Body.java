package dev.hearth.exchange;

import java.io.IOException;
import java.io.OutputStream;

/// The body of an answer, which writes itself. [Bytes] is the one whose length is known; any other
/// is sent as it comes.
@FunctionalInterface
public interface Body {

    /// Writes the whole body, once, on the thread of the request; blocks where the client reads
    /// slowly. The stream is not to be closed.
    ///
    /// Whatever is thrown before anything has left is answered like a failure of the handler;
    /// afterwards it cuts the connection, so that nobody takes the part for the whole.
    ///
    /// @param out throws as soon as the client has gone
    /// @throws IOException when the client goes away
    void writeTo(OutputStream out) throws IOException;

    /// Called once at the end, also where nothing was written: the answer to a `HEAD` has no body.
    default void close() {}
}
