package dev.hearth.client.internal.http;

import java.nio.ByteBuffer;

/// An open socket, or one that opens. Safe for any thread; nothing blocks.
public interface Socket {

    /// Sends a text frame, behind what waits.
    ///
    /// @return false when the socket is closed or too much waits; nothing is sent then
    boolean send(String text);

    /// Sends a binary frame, likewise.
    boolean send(ByteBuffer bytes);

    /// The bytes that wait to be sent.
    long queued();

    /// Says goodbye once everything has been sent.
    void close(int code, String reason);

    /// Cuts it at once.
    void cancel();
}
