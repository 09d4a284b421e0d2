package dev.hearth.client.realtime;

import dev.hearth.client.error.SupabaseException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What a channel's step wants done. The loop does it, in the order given.
sealed interface ChannelEffect {

    /// It waits for a socket and a token.
    record Want() implements ChannelEffect {}

    /// A frame is to be sent.
    record Transmit(Outgoing frame) implements ChannelEffect {}

    /// A message is to be sent, and its answer waited for where there is one.
    record Deliver(Push push, String ref, Outgoing frame) implements ChannelEffect {}

    /// What waits for answers will get none.
    record Forget() implements ChannelEffect {}

    /// The channel's one alarm; it takes the place of the one before.
    record Ring(Duration delay) implements ChannelEffect {}

    /// The next try's alarm, the longer the more tries there were.
    record Backoff(int tries) implements ChannelEffect {}

    /// The alarm shall not ring.
    record Silence() implements ChannelEffect {}

    /// The program hears.
    ///
    /// @param over whether it is not tried again
    record Tell(SubscribeStatus status, @Nullable SupabaseException error, boolean over)
            implements ChannelEffect {}

    /// What the program has heard goes on, for this reason now: whoever waits hears when it is one
    /// that does not pass.
    record Blame(SupabaseException cause) implements ChannelEffect {}

    /// From now on changes are for these bindings.
    ///
    /// @param ids by binding; empty where the server told none
    record Bind(List<Long> ids) implements ChannelEffect {}

    /// It is in again after it had been cut off.
    record Resubscribed() implements ChannelEffect {}

    /// The program shall fetch what it missed.
    record Resync() implements ChannelEffect {}

    /// Who is there has changed.
    record Present(PresenceRoom.Change change) implements ChannelEffect {}

    /// Something for the listener to errors.
    record ServerError(String code, String message) implements ChannelEffect {}

    /// The token is no good.
    record TokenRejected(SupabaseException reason) implements ChannelEffect {}

    /// A message will not be sent.
    record Fail(Push push, SupabaseException reason) implements ChannelEffect {}

    /// It is over: the client forgets the channel.
    record Remove() implements ChannelEffect {}

    /// Whoever asked it to leave hears what came of it.
    record Left(CompletableFuture<SendResult> asker, SendResult result) implements ChannelEffect {}
}
