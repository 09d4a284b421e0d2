package dev.hearth.realtime.channel;

import dev.hearth.exchange.SocketFrames;
import dev.hearth.realtime.changes.feed.BindingIds;
import dev.hearth.realtime.changes.feed.Delivery;
import dev.hearth.realtime.changes.feed.Subscriber;
import dev.hearth.realtime.wire.ClientMessage.Address;
import dev.hearth.realtime.wire.ProtocolVersion;
import dev.hearth.realtime.wire.ServerMessage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Brings database changes to one channel. What comes before the join was answered is held back
/// until then. Called by the log's reader; never blocks.
final class ChangeFeed implements Subscriber {

    /// Under which a change's frame is shared: receivers with equal keys get the same bytes.
    private record Key(ProtocolVersion version, String topic, BindingIds ids) {}

    private final Outlet outlet;
    private final ProtocolVersion version;
    private final Address join;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock; null once the join was answered.
    private @Nullable List<SocketFrames> held = new ArrayList<>();

    ChangeFeed(Outlet outlet, ProtocolVersion version, Address join) {
        this.outlet = outlet;
        this.version = version;
        this.join = join;
    }

    @Override
    public void deliver(Delivery delivery, BindingIds ids) {
        Optional<SocketFrames> frames =
                delivery.make(
                        new Key(version, join.topic(), ids),
                        key ->
                                key.version()
                                        .encode(
                                                new ServerMessage.Changes(
                                                        key.topic(),
                                                        key.ids().ids(),
                                                        delivery.data())));
        frames.ifPresent(this::pass);
    }

    @Override
    public void system(boolean ok, String message) {
        version.encode(
                        new ServerMessage.Note(
                                join.joinRef(),
                                join.topic(),
                                "postgres_changes",
                                ok,
                                message,
                                Topic.subTopic(join.topic())))
                .ifPresent(this::pass);
    }

    /// The join was answered: what was held back follows, and nothing is held back any more.
    void open() {
        lock.lock();
        try {
            if (held != null) {
                held.forEach(outlet::now);
                held = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void pass(SocketFrames frames) {
        lock.lock();
        try {
            if (held == null) {
                outlet.soon(frames, System.nanoTime());
            } else {
                held.add(frames);
            }
        } finally {
            lock.unlock();
        }
    }
}
