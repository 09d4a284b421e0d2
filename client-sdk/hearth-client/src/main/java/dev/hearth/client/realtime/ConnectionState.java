package dev.hearth.client.realtime;

/// Where the socket stands. The names are those of supabase-js.
public enum ConnectionState {
    /// It opens, or waits to be opened again.
    CONNECTING,
    /// It is open.
    OPEN,
    /// There is none.
    CLOSED
}
