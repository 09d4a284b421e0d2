package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.Timers.Alarm;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// What a program says on a channel, checked and written before it is anybody's turn. Safe for any
/// thread.
record Sender(Json json, RealtimeOptions options, Loop loop, Line line, boolean acked) {

    private static final int MAX_EVENT = 255;

    CompletableFuture<SendResult> broadcast(String event, Object payload) {
        loop.requireOpen();
        if (Wire.utf8(event).length > MAX_EVENT) {
            throw new IllegalArgumentException("the name of an event has up to 255 bytes");
        }
        return push(
                Push.broadcast(event, content(payload), acked, options.timeout()),
                push -> line.step(line.life().send(push, loop.refs())));
    }

    private Outgoing.Content content(Object payload) {
        if (!(payload instanceof byte[] bytes)) {
            return new Outgoing.Content(json.write(payload), Outgoing.Content.Kind.JSON);
        }
        if (options.vsn().equals("1.0.0")) {
            throw new IllegalArgumentException(
                    "protocol 1.0.0 carries no bytes; use 2.0.0, or httpSend");
        }
        return new Outgoing.Content(bytes.clone(), Outgoing.Content.Kind.BYTES);
    }

    CompletableFuture<SendResult> track(Object state) {
        loop.requireOpen();
        JsonNode told = json.tree(state);
        if (!told.isObject()) {
            throw new IllegalArgumentException(
                    "what is tracked must be written as a JSON object, a record or a map");
        }
        String payload = "{\"type\":\"presence\",\"event\":\"track\",\"payload\":" + told + "}";
        return presence(payload, Optional.of(payload));
    }

    CompletableFuture<SendResult> untrack() {
        loop.requireOpen();
        return presence("{\"type\":\"presence\",\"event\":\"untrack\"}", Optional.empty());
    }

    /// @param again what is told again after each rejoin
    private CompletableFuture<SendResult> presence(String payload, Optional<String> again) {
        return push(
                Push.presence(payload, options.timeout()),
                push -> line.step(line.life().track(again, push, loop.refs())));
    }

    private CompletableFuture<SendResult> push(Push push, Consumer<Push> turn) {
        loop.turns().run(() -> turn.accept(push));
        CompletableFuture<SendResult> result = push.result();
        if (!result.isDone()) {
            Alarm late =
                    loop.turns()
                            .after(push.patience(), () -> result.complete(SendResult.TIMED_OUT));
            var unused = result.whenComplete((sent, thrown) -> late.cancel());
        }
        return result;
    }
}
