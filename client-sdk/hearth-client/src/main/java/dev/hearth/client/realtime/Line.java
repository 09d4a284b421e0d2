package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.realtime.JsonText.MalformedException;
import dev.hearth.client.time.Timers.Alarm;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// One channel at work: keeps its state, does what its steps want done, and hands its messages to
/// its lane. All but what says otherwise is done in the loop's turns.
final class Line {

    final String topic;
    final String name;
    final Listeners listeners = new Listeners();
    final long number;
    private final Loop loop;
    private final Lane lane;
    private final AtomicLong dropped = new AtomicLong();
    private final List<CompletableFuture<Void>> waiters = new ArrayList<>();
    private volatile ChannelLife life = new ChannelLife.Idle();
    private volatile @Nullable SupabaseException lastError;
    private List<Long> ids = List.of();
    private Alarm alarm = () -> {};

    /// Set before anybody knows the line.
    @Nullable Channel channel;

    /// Of the change before; used on the lane only.
    private Columns columns = Columns.NONE;

    Line(String name, long number, Loop loop, RealtimeOptions options) {
        this.name = name;
        this.number = number;
        this.loop = loop;
        topic = "realtime:" + name;
        lane =
                new Lane(
                        loop.executor(),
                        options.queueLimit(),
                        options.overflowPolicy(),
                        new Full(),
                        thrown ->
                                loop.notices().report(errors -> errors.handlerThrew(name, thrown)));
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
        return lane.queued();
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

    /// Completes once it is in, or does not get in.
    void await(CompletableFuture<Void> waiter) {
        if (life instanceof ChannelLife.Joined) {
            waiter.complete(null);
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
            lane.tell(this::resync);
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
        alarm = loop.after(delay, () -> step(life.rang(loop.refs())));
    }

    private void deliver(ChannelEffect.Deliver deliver) {
        Push push = deliver.push();
        if (push.result().isDone()) {
            return;
        }
        if (!loop.transmit(deliver.frame())) {
            push.result().complete(SendResult.ERROR);
        } else if (push.acked()) {
            loop.replies().expect(this, deliver.ref(), push);
        } else {
            push.result().complete(SendResult.OK);
        }
    }

    private void tell(ChannelEffect.Tell told) {
        @Nullable SupabaseException error = told.error();
        lastError = error;
        if (told.status() == SubscribeStatus.SUBSCRIBED) {
            waiters.forEach(waiter -> waiter.complete(null));
            waiters.clear();
        } else if (told.over() || (error != null && Refusals.isFinal(error))) {
            SupabaseException why = error == null ? ended() : error;
            waiters.forEach(waiter -> waiter.completeExceptionally(why));
            waiters.clear();
        }
        List<SubscribeListener> hearing = List.copyOf(listeners.subscribes);
        if (told.over()) {
            listeners.subscribes.clear();
            channel().over();
            listeners.closes.forEach(lane::tell);
        }
        lane.tell(
                () -> hearing.forEach(listener -> guard(() -> listener.on(told.status(), error))));
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
            offer(() -> broadcast(new Heard.Binary((Incoming.Binary) frame)));
        }
    }

    private void frame(Incoming.Text frame) {
        switch (frame.event()) {
            case "broadcast" -> {
                if (life.hears(frame.joinRef()) && !listeners.broadcasts.isEmpty()) {
                    offer(() -> broadcast(Heard.Text.of(frame.payload())));
                }
            }
            case "postgres_changes" -> {
                if (life.hears(frame.joinRef()) && !listeners.changes.isEmpty()) {
                    List<Long> bound = ids;
                    offer(() -> change(frame.payload(), bound));
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
        if (!lane.offer(message)) {
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
        step(
                life.system(
                        new SystemMessage(
                                payload.path("extension").asText(),
                                payload.path("status").asText(),
                                payload.path("message").asText())));
        lane.tell(
                () -> listeners.systems.forEach(listener -> guard(() -> listener.accept(payload))));
    }

    private void present(PresenceRoom.Change change) {
        if (listeners.presences.isEmpty()) {
            return;
        }
        for (PresenceRoom.Event event : change.events()) {
            offer(
                    () -> {
                        for (Listeners.Presences listener : listeners.presences) {
                            if (listener.event() == event.event()) {
                                guard(() -> listener.heard().accept(event));
                            }
                        }
                    });
        }
    }

    private void broadcast(Heard heard) {
        for (Listeners.Broadcasts listener : listeners.broadcasts) {
            if (listener.wants(heard.event())) {
                guard(() -> listener.heard().accept(heard));
            }
        }
    }

    private void change(String payload, List<Long> bound) {
        ChangePayload change;
        try {
            change = ChangePayload.of(payload, columns);
        } catch (MalformedException | JsonMappingException e) {
            loop.notices().protocolError("a change cannot be read: " + e.getMessage());
            return;
        }
        columns = change.columns();
        for (Listeners.Changes listener : listeners.changes) {
            if (listener.wants(change, bound)) {
                guard(() -> listener.heard().accept(change));
            }
        }
    }

    private void resync() {
        listeners.resyncs.forEach(this::guard);
    }

    /// What one handler throws harms no other.
    private void guard(Runnable handler) {
        try {
            handler.run();
        } catch (JsonMappingException e) {
            loop.notices().report(errors -> errors.decodeFailed(name, e));
        } catch (Exception e) {
            loop.notices().report(errors -> errors.handlerThrew(name, e));
        }
    }

    /// Reports what is dropped, many at once where many are.
    private final class Full implements Lane.Overflow {

        @Override
        public void began(int queued) {
            loop.notices().report(errors -> errors.slowConsumer(name, queued));
        }

        @Override
        public void dropped() {
            loop.dropped();
            if (dropped.getAndIncrement() == 0) {
                Consumer<ErrorListener> report =
                        errors -> errors.messageDropped(name, dropped.getAndSet(0));
                loop.notices().report(report);
            }
        }

        @Override
        public void over() {
            resync();
        }
    }
}
