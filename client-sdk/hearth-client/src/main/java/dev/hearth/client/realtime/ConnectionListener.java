package dev.hearth.client.realtime;

/// Hears what happens to the socket, in order, on the client's executor. What it throws is logged.
///
/// ```java
/// builder.realtime(r -> r.listener(event -> {
///     if (event instanceof ConnectionEvent.Reconnecting again) {
///         status("offline, trying again in " + again.delay().toSeconds() + " s");
///     }
/// }));
/// ```
@FunctionalInterface
public interface ConnectionListener {

    /// Something happened.
    void on(ConnectionEvent event);
}
