package dev.hearth.exchange;

/// One address at which WebSockets are taken.
///
/// @param path the public path, matched whole, for example `/realtime/v1/websocket`
/// @param handler decides about each handshake
public record SocketRoute(String path, Handler handler) {

    /// Decides whether a handshake becomes a socket.
    @FunctionalInterface
    public interface Handler {
        /// Called on a thread of the web server before anything is answered. It may compute (verify
        /// a token) but must not wait.
        SocketDecision decide(Handshake handshake);
    }
}
