package dev.hearth.client.realtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A message on its way to the server.
///
/// @param event `broadcast` or `presence`
/// @param name of a broadcast, the program's own
/// @param content of a broadcast
/// @param payload of the others, JSON
/// @param acked whether the server answers it
/// @param patience for the answer, and for the join before
/// @param result hears what became of it
record Push(
        String event,
        String name,
        Outgoing.Content content,
        String payload,
        boolean acked,
        Duration patience,
        CompletableFuture<SendResult> result) {

    static Push broadcast(String name, Outgoing.Content content, boolean acked, Duration patience) {
        return new Push("broadcast", name, content, "", acked, patience, new CompletableFuture<>());
    }

    static Push presence(String payload, Duration patience) {
        return new Push(
                "presence",
                "",
                Outgoing.Content.NONE,
                payload,
                true,
                patience,
                new CompletableFuture<>());
    }

    /// In bytes, about.
    int size() {
        return content.bytes().length + payload.length();
    }

    Outgoing frame(String topic, String joinRef, String ref) {
        return event.equals("broadcast")
                ? new Outgoing.Broadcast(joinRef, ref, topic, name, content)
                : new Outgoing.Message(joinRef, ref, topic, event, payload);
    }
}
