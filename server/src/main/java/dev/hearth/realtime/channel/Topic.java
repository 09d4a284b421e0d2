package dev.hearth.realtime.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.exchange.SocketFrames;
import dev.hearth.realtime.wire.ServerMessage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Everybody in one room, in memory of this process. Its lock gives the order in which the members
/// see what happens; nothing done under it blocks.
final class Topic {

    private final String name;
    private final Supplier<String> presenceRefs;
    private final Rate presenceRate;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final List<Member> members = new ArrayList<>();
    private @Nullable Presence presence;
    private boolean over;

    /// @param name the whole topic, `realtime:room:1`
    Topic(String name, Supplier<String> presenceRefs, int presencePerSecond) {
        this.name = name;
        this.presenceRefs = presenceRefs;
        this.presenceRate = new Rate(presencePerSecond, System.nanoTime());
    }

    /// The whole topic, `realtime:room:1`.
    String name() {
        return name;
    }

    /// Takes a member in.
    ///
    /// @param welcome sends it its reply and, from the state given, its `presence_state`; what
    ///   happens afterwards reaches it behind them
    /// @return false when the topic was given up meanwhile; another one must be asked for
    boolean enter(Member member, Welcome welcome) {
        lock.lock();
        try {
            if (over) {
                return false;
            }
            welcome.say(() -> presence == null ? "{}" : presence.state());
            member.index = members.size();
            members.add(member);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Lets a member go, and tells the others when it was present.
    ///
    /// @return whether nobody is left and the topic is over
    boolean leave(Member member) {
        lock.lock();
        try {
            Member last = members.removeLast();
            if (last != member) {
                members.set(member.index, last);
                last.index = member.index;
            }
            if (presence != null) {
                presence.untrack(member).ifPresent(this::publishDiff);
            }
            over = members.isEmpty();
            return over;
        } finally {
            lock.unlock();
        }
    }

    /// Hands a message to every member but one.
    ///
    /// @param except the sender, when it does not want its own
    void publish(ServerMessage message, @Nullable Member except) {
        lock.lock();
        try {
            publishLocked(message, except);
        } finally {
            lock.unlock();
        }
    }

    /// Counts a presence message.
    ///
    /// @return false when there are too many
    boolean countPresence() {
        lock.lock();
        try {
            return presenceRate.take(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /// Shows a member under its key.
    void track(Member member, String key, ObjectNode payload) {
        lock.lock();
        try {
            Presence present = presence;
            if (present == null) {
                present = new Presence(presenceRefs);
                presence = present;
            }
            present.track(member, key, payload).ifPresent(this::publishDiff);
        } finally {
            lock.unlock();
        }
    }

    /// Shows a member no longer.
    void untrack(Member member) {
        lock.lock();
        try {
            if (presence != null) {
                presence.untrack(member).ifPresent(this::publishDiff);
            }
        } finally {
            lock.unlock();
        }
    }

    private void publishDiff(String diff) {
        publishLocked(new ServerMessage.PresenceDiff(name, diff), null);
    }

    private void publishLocked(ServerMessage message, @Nullable Member except) {
        Encoded encoded = new Encoded(message);
        long now = System.nanoTime();
        for (Member member : members) {
            if (member != except) {
                SocketFrames frames = encoded.in(member.version());
                if (frames != null) {
                    member.outlet().soon(frames, now);
                }
            }
        }
    }

    /// Says what a new member hears first.
    @FunctionalInterface
    interface Welcome {
        void say(Supplier<String> presenceState);
    }

    /// The part of a topic that users know, without `realtime:`.
    static Optional<String> subTopic(String topic) {
        return topic.startsWith("realtime:")
                ? Optional.of(topic.substring("realtime:".length()))
                : Optional.empty();
    }
}
