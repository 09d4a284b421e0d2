package dev.hearth.client.internal.http;

/// How far a call came before it broke.
enum Phase {
    /// No head of an answer yet.
    HEAD,
    /// The head is there, the body is being read.
    BODY,
    /// A socket that was open.
    SOCKET
}
