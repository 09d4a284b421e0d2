package dev.hearth.client.realtime;

import dev.hearth.client.error.SupabaseException;

import java.time.Duration;

/// What happens to the socket, for a program that shows or logs it. A closed set: a program that
/// looks at each kind hears from its compiler when one is added.
public sealed interface ConnectionEvent {

    /// The socket begins to open for the first time.
    record Connecting() implements ConnectionEvent {}

    /// It is open for the first time.
    record Connected() implements ConnectionEvent {}

    /// It is gone, or could not be opened.
    ///
    /// @param cause why; its `status` tells what HTTP answered, if it did
    record Disconnected(SupabaseException cause) implements ConnectionEvent {}

    /// It will be opened again.
    ///
    /// @param attempt the first is 1
    /// @param delay how long it waits first
    record Reconnecting(int attempt, Duration delay) implements ConnectionEvent {}

    /// It is open again.
    record Reconnected() implements ConnectionEvent {}

    /// A channel that had been in is in again: what was sent in between is missing. See
    /// [Channel#onResync].
    ///
    /// @param topic without `realtime:`
    record Resubscribed(String topic) implements ConnectionEvent {}

    /// Another access token is used from now on.
    record TokenUpdated() implements ConnectionEvent {}

    /// The socket was closed from this side: nobody needs it, or the client is closed.
    record Closed() implements ConnectionEvent {}
}
