package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.Timers.Alarm;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/// One channel at work: keeps its state, does what its steps want done, and gives its frames their
/// meaning. All but what says otherwise is done in turns.
final class Line {

    final String topic;
    final String name;
    final Listeners listeners = new Listeners();
    final long number;
    private final Loop loop;
    private final Handlers handlers;
    private final List<CompletableFuture<Void>> waiters = new ArrayList<>();
    private volatile ChannelLife life = new Idle();
    private volatile @Nullable SupabaseException lastError;
    private List<Long> ids = List.of();
    private Alarm alarm = () -> {};

    /// Set before anybody knows the line.
    @Nullable Channel channel;

    Line(String name, long number, Loop loop, RealtimeOptions options) {
        this.name = name;
        this.number = number;
        this.loop = loop;
        topic = "realtime:" + name;
        handlers = new Handlers(name, listeners, loop, options);
    }

    /// Any thread.
    Channel channel() {
        return Objects.requireNonNull(channel);
    }

    /// Any thread.
    ChannelLife life() {
        return life;
    }

    /// Any thread.
    int queued() {
        return handlers.queued();
    }

    /// Why it is not in; any thread.
    @Nullable SupabaseException lastError() {
        return lastError;
    }

    void step(ChannelStep step) {
        life = step.life();
        for (ChannelEffect effect : step.effects()) {
            perform(effect);
        }
    }

    /// Somebody subscribes.
    void begin(Plan plan) {
        if (!loop.admit(this)) {
            perform(new ChannelEffect.Tell(SubscribeStatus.CHANNEL_ERROR, displaced(), true));
            return;
        }
        step(life.subscribe(plan));
        if (loop.isClosed()) {
            step(life.end());
        }
    }

    /// There is a newer channel of this topic.
    RealtimeException displaced() {
        return new RealtimeException(
                "there is a newer channel "
                        + name
                        + "; ask the client for it instead of keeping the one that was left",
                "ChannelClosed",
                name);
    }

    /// Completes once it is in, or does not get in.
    void await(CompletableFuture<Void> waiter) {
        if (life instanceof Joined) {
            waiter.complete(null);
        } else if (life instanceof Idle) {
            waiter.completeExceptionally(lastError == null ? ended() : lastError);
        } else if (lastError != null && Refusals.isFinal(lastError) && !(life instanceof Joining)) {
            waiter.completeExceptionally(lastError);
        } else {
            waiters.add(waiter);
        }
    }

    private void perform(ChannelEffect effect) {
        if (effect instanceof ChannelEffect.Transmit transmit) {
            loop.transmit(transmit.frame());
        } else if (effect instanceof ChannelEffect.Deliver deliver) {
            deliver(deliver);
        } else if (effect instanceof ChannelEffect.Tell told) {
            tell(told);
        } else if (effect instanceof ChannelEffect.Blame blame) {
            blame(blame.cause());
        } else if (effect instanceof ChannelEffect.Present present) {
            present(present.change());
        } else if (effect instanceof ChannelEffect.Bind bind) {
            ids = bind.ids();
        } else if (effect instanceof ChannelEffect.Ring ring) {
            ring(ring.delay());
        } else if (effect instanceof ChannelEffect.Backoff backoff) {
            ring(loop.backoff(backoff.tries()));
        } else if (effect instanceof ChannelEffect.Silence) {
            alarm.cancel();
        } else if (effect instanceof ChannelEffect.Resync) {
            handlers.resync();
        } else if (effect instanceof ChannelEffect.Fail failed) {
            failed.push()
                    .result()
                    .completeExceptionally(
                            loop.isClosed() ? new ClientClosedException() : failed.reason());
        } else if (effect instanceof ChannelEffect.Left left) {
            left.asker().complete(left.result());
        } else {
            performWithLoop(effect);
        }
    }

    private void performWithLoop(ChannelEffect effect) {
        if (effect instanceof ChannelEffect.Want) {
            loop.want(this);
        } else if (effect instanceof ChannelEffect.Forget) {
            loop.replies().forget(this);
        } else if (effect instanceof ChannelEffect.Remove) {
            loop.remove(this);
        } else if (effect instanceof ChannelEffect.Resubscribed) {
            loop.notices().announce(new ConnectionEvent.Resubscribed(name));
        } else if (effect instanceof ChannelEffect.ServerError error) {
            loop.notices()
                    .report(errors -> errors.serverError(name, error.code(), error.message()));
        } else if (effect instanceof ChannelEffect.TokenRejected rejected) {
            loop.notices().report(errors -> errors.tokenRejected(name, rejected.reason()));
        }
    }

    private void ring(Duration delay) {
        alarm.cancel();
        alarm = loop.turns().after(delay, () -> step(life.rang(loop.refs())));
    }

    private void deliver(ChannelEffect.Deliver deliver) {
        Push push = deliver.push();
        if (push.result().isDone()) {
            return;
        }
        if (!loop.hasRoomFor(push.size())) {
            push.result().completeExceptionally(noRoom(push));
        } else if (!loop.transmit(deliver.frame())) {
            push.result().complete(SendResult.ERROR);
        } else if (push.acked()) {
            loop.replies().expect(this, deliver.ref(), push);
        } else {
            push.result().complete(SendResult.OK);
        }
    }

    private RealtimeException noRoom(Push push) {
        return new RealtimeException(
                "a message of "
                        + push.size()
                        + " bytes finds no room on the socket, where up to "
                        + Loop.OUTBOX_BYTES
                        + " bytes wait to be sent; send less at a time, or wait for the server with"
                        + " broadcast(b -> b.ack(true))",
                "OutboxFull",
                name);
    }

    private void tell(ChannelEffect.Tell told) {
        @Nullable SupabaseException error = told.error();
        lastError = error;
        if (told.status() == SubscribeStatus.SUBSCRIBED) {
            waiters.forEach(waiter -> waiter.complete(null));
            waiters.clear();
        } else if (told.over()) {
            fail(error == null ? ended() : error);
        } else if (error != null) {
            blame(error);
        }
        List<SubscribeListener> hearing = List.copyOf(listeners.subscribes);
        if (told.over()) {
            listeners.subscribes.clear();
            channel().subscription().over();
            handlers.close();
        }
        handlers.status(hearing, told.status(), error);
    }

    private void blame(SupabaseException cause) {
        lastError = cause;
        if (Refusals.isFinal(cause)) {
            fail(cause);
        }
    }

    private void fail(SupabaseException why) {
        waiters.forEach(waiter -> waiter.completeExceptionally(why));
        waiters.clear();
    }

    private SupabaseException ended() {
        return loop.isClosed()
                ? new ClientClosedException()
                : new RealtimeException(
                        "channel " + name + " was left while somebody waited for it",
                        "ChannelClosed",
                        name);
    }

    /// A frame of this topic.
    void frame(Incoming frame) {
        if (frame instanceof Incoming.Text text) {
            frame(text);
        } else if (life.hears(null) && !listeners.broadcasts.isEmpty()) {
            offer(handlers.broadcast(frame));
        }
    }

    private void frame(Incoming.Text frame) {
        switch (frame.event()) {
            case "broadcast" -> {
                if (life.hears(frame.joinRef()) && !listeners.broadcasts.isEmpty()) {
                    offer(handlers.broadcast(frame));
                }
            }
            case "postgres_changes" -> {
                if (life.hears(frame.joinRef()) && !listeners.changes.isEmpty()) {
                    if (life instanceof Joined joined && joined.resyncDue()) {
                        step(joined.inForce());
                    }
                    offer(handlers.change(frame, ids));
                }
            }
            case "presence_state", "presence_diff" -> {
                if (life.hears(frame.joinRef())) {
                    step(
                            life.presence(
                                    frame.event().equals("presence_state"),
                                    Json.parse(frame.payload())));
                }
            }
            case "phx_reply" -> reply(frame);
            case "system" -> system(frame);
            case "phx_close" -> step(life.closed(frame.ref()));
            case "phx_error" -> step(life.crashed(frame.ref()));
            default -> loop.notices().protocolError("event " + frame.event() + " is unknown");
        }
    }

    private void offer(Lane.Message message) {
        if (!handlers.offer(message)) {
            step(
                    life.leave(
                            new RealtimeException(
                                    "the handlers of channel "
                                            + name
                                            + " are slower than its messages and its queue is"
                                            + " full; it was left",
                                    "QueueFull",
                                    name),
                            new CompletableFuture<>(),
                            loop.refs()));
        }
    }

    private void reply(Incoming.Text frame) {
        @Nullable String ref = frame.ref();
        if (ref == null) {
            return;
        }
        JsonNode payload = Json.parse(frame.payload());
        boolean ok = payload.path("status").asText().equals("ok");
        if (!loop.replies().replied(ref, ok)) {
            step(life.answered(ref, ok, payload.path("response"), loop.refs()));
        }
    }

    private void system(Incoming.Text frame) {
        if (!life.hears(frame.joinRef())) {
            return;
        }
        JsonNode payload = Json.parse(frame.payload());
        step(life.system(SystemMessage.of(payload)));
        handlers.system(payload);
    }

    private void present(PresenceRoom.Change change) {
        if (listeners.presences.isEmpty()) {
            return;
        }
        for (PresenceRoom.Event event : change.events()) {
            offer(handlers.presence(event, change.room()));
        }
    }

    /// Who is there, for whoever asks; any thread.
    PresenceRoom room() {
        return handlers.roomOr(life.room());
    }
}
