package dev.hearth.client.internal.http;

import dev.hearth.client.error.SupabaseException;

import java.nio.ByteBuffer;

/// What happens to a socket. Called by the thread that reads it, in order, one at a time; must not
/// block. Exactly one of `closed` and `failed` is the last.
public interface SocketEvents {

    /// It is open.
    void opened();

    /// A text frame.
    void text(String text);

    /// A binary frame.
    void bytes(ByteBuffer bytes);

    /// Both sides have said goodbye.
    void closed(int code, String reason);

    /// It broke, or was never open; the exception's `status` tells what HTTP answered instead, if
    /// it did.
    void failed(SupabaseException cause);
}
