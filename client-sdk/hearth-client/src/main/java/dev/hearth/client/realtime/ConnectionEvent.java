package dev.hearth.client.realtime;

import dev.hearth.client.error.SupabaseException;

import java.time.Duration;

/// What happens to the socket, for a program that shows or logs it. A closed set: a program that
/// looks at each kind hears from its compiler when one is added.
///
/// ```java
/// if (event instanceof Connected || event instanceof Reconnected) {
///     show("online");
/// } else if (event instanceof Disconnected || event instanceof Closed) {
///     show("offline");
/// }
/// ```
///
/// The two ways online tell what was before. [Reconnected] makes good a socket that was lost, and
/// only that: who counts it counts failures. [Connected] begins anew: the first socket, or one
/// after [Closed] or after it was given up (`maxReconnects`), by `connect` or the next
/// subscription. Channels that had been in are told by [Resubscribed] either way.
public sealed interface ConnectionEvent {

    /// A socket begins to open where nobody wanted one before.
    record Connecting() implements ConnectionEvent {}

    /// It is open, and none was lost since [Connecting]; tries that failed before it do not count.
    record Connected() implements ConnectionEvent {}

    /// It is gone, or could not be opened; told again for each try that fails.
    ///
    /// @param cause why; its `status` tells what HTTP answered, if it did
    record Disconnected(SupabaseException cause) implements ConnectionEvent {}

    /// It will be opened again.
    ///
    /// @param attempt the first is 1
    /// @param delay how long it waits first: by [RealtimeOptions.Builder#reconnectAfter], and not
    ///   less than the server asks for
    record Reconnecting(int attempt, Duration delay) implements ConnectionEvent {}

    /// It is open again after it was lost.
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
