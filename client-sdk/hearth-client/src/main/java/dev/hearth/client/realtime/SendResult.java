package dev.hearth.client.realtime;

/// What became of a message. Only with acknowledgement (`broadcast(b -> b.ack(true))`, presence)
/// does `OK` say that the server has it; without, it says that the message went out.
public enum SendResult {
    /// Sent, or acknowledged.
    OK,
    /// No acknowledgement came in time. A private channel where writing is not allowed gives none.
    TIMED_OUT,
    /// The server refused it, or the socket broke before it answered.
    ERROR
}
