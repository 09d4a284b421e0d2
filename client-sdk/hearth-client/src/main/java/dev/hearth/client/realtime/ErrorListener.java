package dev.hearth.client.realtime;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.error.SupabaseException;

/// Hears what went wrong and was survived, in order, on the client's executor. What a listener does
/// not write is logged as a warning of `dev.hearth.client.realtime`, so that nothing is lost in
/// silence; so is what they throw. Topics are without `realtime:`.
///
/// ```java
/// .realtime(r -> r.errorListener(new ErrorListener() {
///     @Override
///     public void handlerThrew(String topic, Throwable thrown) {
///         crashes.report(thrown);
///     }
/// }))
/// ```
public interface ErrorListener {

    /// The server sent what is no frame of the protocol; it was left out.
    ///
    /// @param reason what is wrong with it, without its content
    default void protocolError(String reason) {
        Unheard.warn("left out what is no frame of the protocol: " + reason);
    }

    /// The server says that something of a channel does not work.
    ///
    /// @param code `system` or `postgres_changes`, or the code of a refused join
    default void serverError(String topic, String code, String message) {
        Unheard.warn(topic, code + ": " + message);
    }

    /// A handler threw; the channel goes on.
    default void handlerThrew(String topic, Throwable thrown) {
        Unheard.warn(topic, "a handler threw; the channel goes on", thrown);
    }

    /// The queue of a channel is full: its handlers are slower than its messages. Told once, until
    /// they have caught up.
    ///
    /// @param queued how many wait
    default void slowConsumer(String topic, int queued) {
        Unheard.warn(topic, "its handlers are too slow, " + queued + " messages wait");
    }

    /// Messages of a channel were dropped since this was last told.
    default void messageDropped(String topic, long count) {
        Unheard.warn(topic, count + " messages were dropped, its handlers are too slow");
    }

    /// The server does not accept the access token, or none could be had; another one is asked for
    /// before the next try. Or it opens no socket to the API key (`SocketRefused`, 401 or 403).
    ///
    /// @param topic of the channel, or empty for all
    default void tokenRejected(String topic, SupabaseException reason) {
        Unheard.warn(topic, "no access: " + reason.getMessage());
    }

    /// A message could not be read as the type that a handler asked for; it was left out for that
    /// handler.
    default void decodeFailed(String topic, JsonMappingException reason) {
        Unheard.warn(topic, "left out for a handler: " + reason.getMessage());
    }
}
