package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The server was told that it goes.
record Leaving(
        ChannelMemory memory,
        String leaveRef,
        @Nullable RealtimeException why,
        List<CompletableFuture<SendResult>> askers)
        implements ChannelLife {

    @Override
    public ChannelState shown() {
        return ChannelState.LEAVING;
    }

    @Override
    public ChannelStep send(Push push, Refs refs) {
        return ChannelStep.of(
                this, new ChannelEffect.Fail(push, Idle.notSubscribed(memory.plan())));
    }

    @Override
    public ChannelStep answered(String ref, boolean ok, JsonNode response, Refs refs) {
        return ref.equals(leaveRef)
                ? end(ok ? SendResult.OK : SendResult.ERROR)
                : ChannelStep.of(this);
    }

    @Override
    public ChannelStep rang(Refs refs) {
        return end(SendResult.TIMED_OUT);
    }

    @Override
    public ChannelStep closed(@Nullable String ref) {
        return end(SendResult.OK);
    }

    @Override
    public ChannelStep crashed(@Nullable String ref) {
        return end(SendResult.OK);
    }

    @Override
    public ChannelStep lost(SupabaseException cause) {
        return end(SendResult.OK);
    }

    @Override
    public ChannelStep leave(
            @Nullable RealtimeException late, CompletableFuture<SendResult> asker, Refs refs) {
        var all = new ArrayList<CompletableFuture<SendResult>>(askers);
        all.add(asker);
        return ChannelStep.of(new Leaving(memory, leaveRef, why, List.copyOf(all)));
    }

    @Override
    public ChannelStep end() {
        return end(SendResult.OK);
    }

    private ChannelStep end(SendResult result) {
        var effects = new ArrayList<ChannelEffect>();
        effects.add(new ChannelEffect.Silence());
        effects.add(new ChannelEffect.Forget());
        effects.add(new ChannelEffect.Remove());
        effects.add(Idle.ended(why));
        askers.forEach(asker -> effects.add(new ChannelEffect.Left(asker, result)));
        return new ChannelStep(new Idle(), effects);
    }
}
