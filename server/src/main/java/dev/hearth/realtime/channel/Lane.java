package dev.hearth.realtime.channel;

import dev.hearth.realtime.wire.ClientMessage.Join;
import dev.hearth.realtime.wire.ClientMessage.Leave;
import dev.hearth.realtime.wire.ClientMessage.OnTopic;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/// One topic of one socket: does one thing at a time, in the order in which they came. What does not
/// block runs on the thread that brings it; what may block runs apart, on a virtual thread, and the
/// rest waits behind it.
///
///     idle ──step──▶ busy ──done, nothing waits──▶ idle, and forgotten when no channel is joined
///                     │  ▲
///                     └──┘ done, the next step runs
final class Lane {

    /// One thing to do.
    @FunctionalInterface
    interface Step {
        /// @return whether it is done; if not, it goes on elsewhere and calls [Lane#advance()]
        boolean run();
    }

    private final Connection connection;
    private final Hub hub;
    private final String topic;

    // Guarded by the connection's lock.
    private @Nullable Queue<Step> waiting;
    private int waitingBytes;
    private boolean busy;

    // Written by the running step only; read by any thread.
    private volatile @Nullable Channel channel;

    Lane(Connection connection, Hub hub, String topic) {
        this.connection = connection;
        this.hub = hub;
        this.topic = topic;
    }

    /// The joined channel.
    @Nullable Channel channel() {
        return channel;
    }

    /// Takes a step in; under the connection's lock.
    ///
    /// @return whether it is to be run now
    boolean offer(Step step, int bytes) {
        if (!busy) {
            busy = true;
            return true;
        }
        Queue<Step> queue = waiting;
        if (queue == null) {
            queue = new ArrayDeque<>();
            waiting = queue;
        }
        queue.add(step);
        waitingBytes += bytes;
        return false;
    }

    /// How many bytes wait; under the connection's lock.
    int waitingBytes() {
        return waitingBytes;
    }

    /// The next step; under the connection's lock.
    @Nullable Step next() {
        Queue<Step> queue = waiting;
        Step next = queue == null ? null : queue.poll();
        if (next == null) {
            busy = false;
            waiting = null;
            waitingBytes = 0;
        }
        return next;
    }

    /// Runs a step and what waits behind it.
    void run(Step step) {
        if (perform(step)) {
            advance();
        }
    }

    /// Runs what waits, until nothing does or something goes on elsewhere.
    void advance() {
        while (true) {
            Step next = connection.next(this, topic);
            if (next == null || !perform(next)) {
                return;
            }
        }
    }

    /// What a message of the client asks for.
    boolean receive(OnTopic message) {
        Channel joined = channel;
        return switch (message) {
            case Join join -> mayBlock(join) ? apart(() -> join(join)) : join(join);
            case Leave(var at) -> {
                connection.reply(at, true, "{}");
                yield joined == null || end(joined, () -> joined.tellClosed());
            }
            default -> {
                if (joined == null) {
                    connection.unmatched(message.at());
                    yield true;
                }
                yield joined.receive(message);
            }
        };
    }

    /// Ends the channel because the socket is gone.
    boolean abandon() {
        Channel joined = channel;
        return joined == null || end(joined, () -> {});
    }

    /// Ends the channel with an error that the client is told.
    boolean shutDown(Channel joined, String reason) {
        hub.tell(new RealtimeEvent.ChannelShutdown(topic, reason));
        joined.tellError(reason);
        return end(joined, () -> joined.tellClosed());
    }

    /// Runs a task that may block, with the lane waiting for it.
    boolean apart(Step task) {
        Thread.startVirtualThread(() -> run(task));
        return false;
    }

    private boolean end(Channel joined, Runnable farewell) {
        channel = null;
        Step leave =
                () -> {
                    joined.leave();
                    farewell.run();
                    return true;
                };
        return joined.isSubscribed() ? apart(leave) : leave.run();
    }

    private boolean mayBlock(Join join) {
        Channel joined = channel;
        return !join.request().changes().isEmpty() || (joined != null && joined.isSubscribed());
    }

    /// A second join for a joined topic ends the first.
    private boolean join(Join join) {
        Channel before = channel;
        if (before != null) {
            channel = null;
            before.leave();
            before.tellClosed();
        }
        JoinRefusal refusal;
        try {
            switch (Joining.attempt(connection, hub, this, join)) {
                case Joining.Joined(var joined) -> {
                    channel = joined;
                    return true;
                }
                case Joining.Refused(var why) -> refusal = why;
            }
        } catch (RuntimeException e) {
            hub.tell(RealtimeEvent.UnknownErrorOnChannel.of(topic, e));
            refusal = new JoinRefusal.Unknown();
        }
        return refuse(join, refusal);
    }

    private boolean refuse(Join join, JoinRefusal refusal) {
        hub.tell(new RealtimeEvent.JoinRefused(topic, refusal.code()));
        if (hub.config().channelErrorBackoff().isZero()) {
            connection.refuse(join.at(), refusal);
            return true;
        }
        hub.later(
                hub.config().channelErrorBackoff().toMillis(),
                TimeUnit.MILLISECONDS,
                () -> {
                    connection.refuse(join.at(), refusal);
                    advance();
                });
        return false;
    }

    /// A fault of ours ends the step, never the lane.
    private boolean perform(Step step) {
        try {
            return step.run();
        } catch (RuntimeException e) {
            hub.tell(RealtimeEvent.UnknownErrorOnChannel.of(topic, e));
            return true;
        }
    }
}
