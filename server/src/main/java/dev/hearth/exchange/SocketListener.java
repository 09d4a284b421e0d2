package dev.hearth.exchange;

/// Reads one socket. `text` and `binary` are called one at a time in the order received, on a
/// thread of the web server; as long as they run, nothing more of this socket is read.
public interface SocketListener {

    /// A whole text message.
    ///
    /// @param utf8 well-formed UTF-8, not used by anybody else
    void text(byte[] utf8);

    /// A whole binary message.
    ///
    /// @param bytes not used by anybody else
    void binary(byte[] bytes);

    /// The socket is gone, for whatever reason; called exactly once, on a thread of its own that
    /// may block, possibly while a message is still being handled.
    void closed();
}
