package dev.hearth.exchange;

import java.time.Duration;
import java.util.function.Function;

/// What becomes of a handshake.
public sealed interface SocketDecision {

    /// The socket is opened.
    ///
    /// @param opened called once when it is open, before anything is read; gives the reader of its
    ///   messages
    record Accept(Function<Socket, SocketListener> opened) implements SocketDecision {}

    /// The upgrade is refused with an ordinary HTTP answer.
    ///
    /// @param answer status and body
    /// @param after how long the answer is held back, without holding a thread; slows down clients
    ///   that try again at once
    record Refuse(Answer answer, Duration after) implements SocketDecision {}
}
