package dev.hearth.client.realtime;

/// What became of a heartbeat.
public enum HeartbeatStatus {
    /// It went out.
    SENT,
    /// The server answered.
    OK,
    /// The server answered with an error.
    ERROR,
    /// No answer came within one interval; the socket is given up.
    TIMEOUT
}
