package dev.hearth.client.realtime;

import dev.hearth.client.error.RealtimeException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A state in which somebody wants the channel and it is not in: what is sent waits.
sealed interface Outside extends ChannelLife permits Wanted, Joining, Retrying {

    ChannelMemory memory();

    Outside with(ChannelMemory memory);

    @Override
    default PresenceRoom room() {
        return memory().room();
    }

    @Override
    default ChannelStep send(Push push, Refs refs) {
        var pushes = new ArrayList<Push>(memory().buffer());
        pushes.removeIf(waited -> waited.result().isDone());
        if (pushes.size() >= BUFFER) {
            return ChannelStep.of(this, new ChannelEffect.Fail(push, full()));
        }
        pushes.add(push);
        return ChannelStep.of(with(memory().buffer(pushes)));
    }

    private RealtimeException full() {
        return new RealtimeException(
                BUFFER
                        + " messages already wait for channel "
                        + memory().plan().name()
                        + " to be joined; wait for SUBSCRIBED before sending more",
                "BufferFull",
                memory().plan().name());
    }

    @Override
    default ChannelStep track(Optional<String> payload, Push push, Refs refs) {
        return with(memory().tracked(payload)).send(push, refs);
    }

    @Override
    default ChannelStep end() {
        return end(null, new CompletableFuture<>());
    }

    /// Over, before it was in.
    default ChannelStep end(@Nullable RealtimeException why, CompletableFuture<SendResult> asker) {
        var effects = new ArrayList<ChannelEffect>();
        effects.add(new ChannelEffect.Silence());
        memory().buffer()
                .forEach(
                        push ->
                                effects.add(
                                        new ChannelEffect.Fail(
                                                push, Idle.notSubscribed(memory().plan()))));
        effects.add(new ChannelEffect.Remove());
        effects.add(Idle.ended(why));
        effects.add(new ChannelEffect.Left(asker, SendResult.OK));
        return new ChannelStep(new Idle(), effects);
    }
}
