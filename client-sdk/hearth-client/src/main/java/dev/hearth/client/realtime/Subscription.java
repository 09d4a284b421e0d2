package dev.hearth.client.realtime;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.time.Timers.Alarm;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// How a program gets a channel in and out: begun once, waited for by any number of callers, and
/// ready to begin again when it is over. Safe for any thread.
final class Subscription {

    private final Loop loop;
    private final Line line;
    private final ChannelOptions asked;
    private final Duration patience;
    private final AtomicBoolean begun = new AtomicBoolean();

    /// @param patience for the answer to a join
    Subscription(Loop loop, Line line, ChannelOptions asked, Duration patience) {
        this.loop = loop;
        this.line = line;
        this.asked = asked;
        this.patience = patience;
    }

    /// @throws IllegalStateException when it has begun
    void requireNone(String listeners) {
        loop.requireOpen();
        if (begun.get()) {
            throw new IllegalStateException(
                    "cannot add "
                            + listeners
                            + " listeners to channel "
                            + line.name
                            + " after subscribe(); add them before");
        }
    }

    /// Joins, in the background.
    ///
    /// @throws IllegalStateException when it has begun
    void begin() {
        loop.requireOpen();
        if (!begun.compareAndSet(false, true)) {
            throw new IllegalStateException("channel " + line.name + " is already subscribed");
        }
        if (!loop.admit(line)) {
            begun.set(false);
            throw new IllegalStateException(line.displaced().getMessage());
        }
        Plan plan = plan();
        loop.turns().run(() -> line.begin(plan));
    }

    /// The same, and tells what becomes of it.
    void begin(SubscribeListener listener) {
        requireNone("subscribe");
        line.listeners.subscribes.add(listener);
        try {
            begin();
        } catch (IllegalStateException somebodyElseWas) {
            line.listeners.subscribes.remove(listener);
            throw somebodyElseWas;
        }
    }

    private Plan plan() {
        List<String> bindings = List.copyOf(line.listeners.bindings);
        return new Plan(
                line.topic,
                line.name,
                asked.config(
                        !line.listeners.presences.isEmpty(),
                        "[" + String.join(",", bindings) + "]"),
                bindings,
                patience);
    }

    /// It is over; it may begin again.
    void over() {
        begun.set(false);
    }

    /// Joins if nobody has; completes when it is in, and fails when it does not get in: the channel
    /// is left then.
    <T> CompletableFuture<T> joined(T channel) {
        return joined(channel, new CompletableFuture<>());
    }

    /// The same, for so long.
    <T> CompletableFuture<T> joined(T channel, Duration longest) {
        var waiter = new CompletableFuture<Void>();
        Alarm late =
                loop.turns().after(longest, () -> waiter.completeExceptionally(tooLate(longest)));
        CompletableFuture<T> joined = joined(channel, waiter);
        var unused = waiter.whenComplete((in, thrown) -> late.cancel());
        return joined;
    }

    private <T> CompletableFuture<T> joined(T channel, CompletableFuture<Void> waiter) {
        if (!begun.get()) {
            begin();
        }
        loop.turns().run(() -> await(waiter));
        var joined = new CompletableFuture<T>();
        var unused =
                waiter.whenComplete(
                        (in, thrown) -> {
                            if (thrown == null) {
                                joined.complete(channel);
                            } else {
                                joined.completeExceptionally(thrown);
                            }
                        });
        var unusedToo =
                joined.whenComplete(
                        (in, thrown) -> {
                            if (thrown != null) {
                                var unusedLeft = left();
                            }
                        });
        return joined;
    }

    private void await(CompletableFuture<Void> waiter) {
        if (loop.isClosed()) {
            waiter.completeExceptionally(new ClientClosedException());
        } else {
            line.await(waiter);
        }
    }

    private RealtimeException tooLate(Duration longest) {
        @Nullable SupabaseException last = line.lastError();
        return new RealtimeException(
                "channel "
                        + line.name
                        + " was not joined within "
                        + longest.toMillis()
                        + " ms"
                        + (last == null ? "" : "; the last error: " + last.getMessage()),
                "JoinTimeout",
                line.name,
                0,
                null,
                last);
    }

    /// Leaves.
    CompletableFuture<SendResult> left() {
        var left = new CompletableFuture<SendResult>();
        loop.turns().run(() -> line.step(line.life().leave(null, left, loop.refs())));
        return left;
    }
}
