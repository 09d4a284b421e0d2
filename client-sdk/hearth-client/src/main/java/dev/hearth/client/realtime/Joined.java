package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The server lets it in.
///
/// @param tokenOver whether the server said that the token has run out
/// @param resyncDue whether the program shall fetch what it missed once changes come again
record Joined(ChannelMemory memory, String joinRef, boolean tokenOver, boolean resyncDue)
        implements ChannelLife {

    @Override
    public ChannelState shown() {
        return ChannelState.JOINED;
    }

    @Override
    public PresenceRoom room() {
        return memory.room();
    }

    @Override
    public boolean hears(@Nullable String ref) {
        return ref == null || ref.equals(joinRef);
    }

    @Override
    public ChannelStep send(Push push, Refs refs) {
        String ref = refs.next();
        return ChannelStep.of(
                this,
                new ChannelEffect.Deliver(
                        push, ref, push.frame(memory.plan().topic(), joinRef, ref)));
    }

    @Override
    public ChannelStep track(Optional<String> payload, Push push, Refs refs) {
        return new Joined(memory.tracked(payload), joinRef, tokenOver, resyncDue).send(push, refs);
    }

    @Override
    public ChannelStep token(String token, Refs refs) {
        return ChannelStep.of(
                new Joined(memory, joinRef, false, resyncDue),
                new ChannelEffect.Transmit(
                        Outgoing.accessToken(joinRef, refs.next(), memory.plan(), token)));
    }

    @Override
    public ChannelStep system(SystemMessage message) {
        if (!message.isError()) {
            return message.message().equals(Refusals.CHANGES_IN_FORCE)
                    ? inForce()
                    : ChannelStep.of(this);
        }
        var told = new ChannelEffect.ServerError(message.extension(), message.message());
        if (message.message().startsWith(Refusals.CHANGES_MISSED)) {
            return ChannelStep.of(this, told, new ChannelEffect.Resync());
        }
        if (!Refusals.isToken(message.extension(), message.message())) {
            return ChannelStep.of(this, told);
        }
        return ChannelStep.of(
                new Joined(memory, joinRef, true, resyncDue),
                told,
                new ChannelEffect.TokenRejected(
                        new RealtimeException(
                                message.message(), "InvalidJWTToken", memory.plan().name())));
    }

    /// Changes come again. The first of them says so as well as the server's word does, which may
    /// come after it: a program that fetches what is newer than the last row it has seen must not
    /// see a new one before it has fetched.
    ChannelStep inForce() {
        return resyncDue
                ? ChannelStep.of(
                        new Joined(memory, joinRef, tokenOver, false),
                        new ChannelEffect.Silence(),
                        new ChannelEffect.Resync())
                : ChannelStep.of(this);
    }

    /// "Subscribed to PostgreSQL" did not come.
    @Override
    public ChannelStep rang(Refs refs) {
        return resyncDue
                ? ChannelStep.of(
                        new Joined(memory, joinRef, tokenOver, false), new ChannelEffect.Resync())
                : ChannelStep.of(this);
    }

    @Override
    public ChannelStep presence(boolean whole, JsonNode payload) {
        PresenceRoom.Change change =
                whole
                        ? memory.room().state(payload, joinRef)
                        : memory.room().diff(payload, joinRef);
        return ChannelStep.of(
                new Joined(memory.room(change.room()), joinRef, tokenOver, resyncDue),
                new ChannelEffect.Present(change));
    }

    @Override
    public ChannelStep closed(@Nullable String ref) {
        if (!joinRef.equals(ref)) {
            return ChannelStep.of(this);
        }
        return tokenOver ? broken(memory) : end();
    }

    @Override
    public ChannelStep end() {
        return ChannelStep.of(
                new Idle(),
                new ChannelEffect.Silence(),
                new ChannelEffect.Forget(),
                new ChannelEffect.Remove(),
                Idle.ended(null));
    }

    @Override
    public ChannelStep crashed(@Nullable String ref) {
        return joinRef.equals(ref) ? broken(memory) : ChannelStep.of(this);
    }

    static ChannelStep broken(ChannelMemory memory) {
        int tries = memory.tries() + 1;
        return ChannelStep.of(
                new Retrying(memory.tries(tries)),
                new ChannelEffect.Forget(),
                new ChannelEffect.Tell(
                        SubscribeStatus.CHANNEL_ERROR,
                        new RealtimeException(
                                "the server's side of channel "
                                        + memory.plan().name()
                                        + " ended; it is joined again",
                                "ChannelCrashed",
                                memory.plan().name()),
                        false),
                new ChannelEffect.Backoff(tries));
    }

    @Override
    public ChannelStep lost(SupabaseException cause) {
        return ChannelStep.of(
                new Wanted(memory, true),
                new ChannelEffect.Silence(),
                new ChannelEffect.Forget(),
                new ChannelEffect.Tell(SubscribeStatus.CHANNEL_ERROR, cause, false));
    }

    @Override
    public ChannelStep leave(
            @Nullable RealtimeException why, CompletableFuture<SendResult> asker, Refs refs) {
        String ref = refs.next();
        return ChannelStep.of(
                new Leaving(memory, ref, why, List.of(asker)),
                new ChannelEffect.Transmit(Outgoing.leave(joinRef, ref, memory.plan())),
                new ChannelEffect.Ring(memory.plan().patience()));
    }
}
