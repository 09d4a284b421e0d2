package dev.hearth.client.realtime;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// It waits for a socket and a token.
///
/// @param errored whether the program knows that something went wrong
record Wanted(ChannelMemory memory, boolean errored) implements Outside {

    @Override
    public ChannelState shown() {
        return errored ? ChannelState.ERRORED : ChannelState.JOINING;
    }

    @Override
    public Outside with(ChannelMemory other) {
        return new Wanted(other, errored);
    }

    @Override
    public ChannelStep go(String token, Refs refs) {
        String ref = refs.next();
        Plan plan = memory.plan();
        return ChannelStep.of(
                new Joining(memory, ref, Optional.empty()),
                new ChannelEffect.Transmit(Outgoing.join(ref, plan, token)),
                new ChannelEffect.Ring(plan.patience()));
    }

    @Override
    public ChannelStep noToken(SupabaseException reason) {
        return ChannelStep.of(
                new Retrying(memory.tries(memory.tries() + 1)),
                new ChannelEffect.Tell(SubscribeStatus.CHANNEL_ERROR, reason, false),
                new ChannelEffect.Backoff(memory.tries() + 1));
    }

    @Override
    public ChannelStep lost(SupabaseException cause) {
        return ChannelStep.of(
                new Wanted(memory, true),
                errored
                        ? new ChannelEffect.Blame(cause)
                        : new ChannelEffect.Tell(SubscribeStatus.CHANNEL_ERROR, cause, false));
    }

    @Override
    public ChannelStep leave(
            @Nullable RealtimeException why, CompletableFuture<SendResult> asker, Refs refs) {
        return end(why, asker);
    }
}
