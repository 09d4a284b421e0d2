package dev.hearth.client.realtime;

/// What became of a subscription, as the callback of [Channel#subscribe] hears it. More than one
/// may come: a channel that lost its socket hears `CHANNEL_ERROR`, and `SUBSCRIBED` once it is
/// back.
public enum SubscribeStatus {
    /// The server let it in; from now on messages come.
    SUBSCRIBED,
    /// The server did not answer the join in time; it is asked again.
    TIMED_OUT,
    /// It is over: by `unsubscribe`, by the server, or because the client was closed.
    CLOSED,
    /// It was refused, or the socket broke. The exception says which; it is tried again, except
    /// after a mismatch of bindings (`BindingMismatch`) and a queue that was full (`QueueFull`).
    CHANNEL_ERROR
}
