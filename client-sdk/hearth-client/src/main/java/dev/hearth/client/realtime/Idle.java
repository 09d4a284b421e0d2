package dev.hearth.client.realtime;

import dev.hearth.client.error.RealtimeException;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;

/// Nobody wants it, or not any more.
record Idle() implements ChannelLife {

    @Override
    public ChannelState shown() {
        return ChannelState.CLOSED;
    }

    @Override
    public ChannelStep subscribe(Plan plan) {
        return ChannelStep.of(new Wanted(ChannelMemory.of(plan), false), new ChannelEffect.Want());
    }

    @Override
    public ChannelStep send(Push push, Refs refs) {
        return ChannelStep.of(
                this,
                new ChannelEffect.Fail(
                        push,
                        new RealtimeException(
                                "the channel is not subscribed; call subscribe first, or"
                                        + " httpSend, which needs no subscription",
                                "NotSubscribed",
                                null)));
    }

    @Override
    public ChannelStep leave(
            @Nullable RealtimeException why, CompletableFuture<SendResult> asker, Refs refs) {
        return ChannelStep.of(
                this, new ChannelEffect.Remove(), new ChannelEffect.Left(asker, SendResult.OK));
    }

    @Override
    public ChannelStep end() {
        return ChannelStep.of(this, new ChannelEffect.Remove());
    }

    static RealtimeException notSubscribed(Plan plan) {
        return new RealtimeException(
                "channel " + plan.name() + " was left before the message could be sent",
                "NotSubscribed",
                plan.name());
    }

    static ChannelEffect ended(@Nullable RealtimeException why) {
        return why == null
                ? new ChannelEffect.Tell(SubscribeStatus.CLOSED, null, true)
                : new ChannelEffect.Tell(SubscribeStatus.CHANNEL_ERROR, why, true);
    }
}
