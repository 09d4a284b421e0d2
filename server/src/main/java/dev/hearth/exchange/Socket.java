package dev.hearth.exchange;

/// One open WebSocket, the sending side. Safe for any thread; no method blocks or throws.
public interface Socket {

    /// Puts the messages into the outbox and writes what the connection takes at once. Messages
    /// leave in the order in which they were put in. On a socket that is closed or closing nothing
    /// happens.
    ///
    /// A receiver whose outbox would grow over its bound is closed with 1013 and the reason
    /// `SlowReceiver…`; what waited is dropped.
    void send(SocketFrames frames);

    /// Starts the closing handshake.
    ///
    /// @param code 1000 to 4999 as RFC 6455 allows
    /// @param reason at most 123 bytes of UTF-8
    void close(int code, String reason);
}
