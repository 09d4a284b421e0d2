package dev.hearth.client.auth;

/// Why nobody is signed in any more.
public enum SignOutReason {
    /// The program asked for it.
    REQUESTED,
    /// The server refused the refresh token: signed out elsewhere, too old, used by another, or the
    /// user is banned.
    REFRESH_REFUSED,
    /// The server knows the session no more.
    SESSION_GONE,
    /// Another program that shares the storage signed out.
    SIGNED_OUT_ELSEWHERE
}
