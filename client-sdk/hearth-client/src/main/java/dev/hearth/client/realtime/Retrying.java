package dev.hearth.client.realtime;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;

/// Refused, or cut off; it waits before the next try.
record Retrying(ChannelMemory memory) implements Outside {

    @Override
    public ChannelState shown() {
        return ChannelState.ERRORED;
    }

    @Override
    public Outside with(ChannelMemory other) {
        return new Retrying(other);
    }

    @Override
    public ChannelStep rang(Refs refs) {
        return ChannelStep.of(new Wanted(memory, true), new ChannelEffect.Want());
    }

    @Override
    public ChannelStep lost(SupabaseException cause) {
        return ChannelStep.of(
                new Wanted(memory, true),
                new ChannelEffect.Silence(),
                new ChannelEffect.Blame(cause));
    }

    @Override
    public ChannelStep leave(
            @Nullable RealtimeException why, CompletableFuture<SendResult> asker, Refs refs) {
        return end(why, asker);
    }
}
