package dev.hearth.client.realtime;

/// Where a channel stands. The names are those of supabase-js.
public enum ChannelState {
    /// Not subscribed, or not any more.
    CLOSED,
    /// Refused or cut off; it is tried again.
    ERRORED,
    /// Subscribed, and the server lets it in.
    JOINED,
    /// On its way in.
    JOINING,
    /// On its way out.
    LEAVING
}
