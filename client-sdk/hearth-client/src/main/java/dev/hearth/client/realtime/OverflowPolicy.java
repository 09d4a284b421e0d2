package dev.hearth.client.realtime;

/// What happens to messages when a channel's handlers are too slow and its queue is full. Each
/// message that is dropped is reported to [ErrorListener#messageDropped], and the handlers of
/// [Channel#onResync] run in the place of those that were.
public enum OverflowPolicy {
    /// The oldest goes: handlers see what is new.
    DROP_OLDEST,
    /// The newest goes: handlers see what was first.
    DROP_NEWEST,
    /// The channel leaves and ends with `CHANNEL_ERROR`, code `QueueFull`.
    DISCONNECT
}
