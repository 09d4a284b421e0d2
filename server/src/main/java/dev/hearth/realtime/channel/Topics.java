package dev.hearth.realtime.channel;

import dev.hearth.realtime.wire.ServerMessage;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// The topics that have members. Private ones will be rooms of their own beside the public one of
/// the same name. Safe for any thread.
final class Topics {

    private final ConcurrentMap<String, Topic> topics = new ConcurrentHashMap<>();
    private final int presencePerSecond;
    private final String refPrefix =
            Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36), 36);
    private final AtomicLong refs = new AtomicLong();

    Topics(int presencePerSecond) {
        this.presencePerSecond = presencePerSecond;
    }

    /// Takes a member into the topic of that name, making it when nobody is there.
    Topic enter(String name, Member member, Topic.Welcome welcome) {
        while (true) {
            Topic topic =
                    topics.computeIfAbsent(
                            name, _ -> new Topic(name, this::nextRef, presencePerSecond));
            if (topic.enter(member, welcome)) {
                return topic;
            }
            topics.remove(name, topic);
        }
    }

    /// Lets a member go.
    void leave(Topic topic, Member member) {
        if (topic.leave(member)) {
            topics.remove(topic.name(), topic);
        }
    }

    /// Hands a message from outside to everybody in its topic.
    void publish(String name, ServerMessage message) {
        Topic topic = topics.get(name);
        if (topic != null) {
            topic.publish(message, null);
        }
    }

    private String nextRef() {
        return refPrefix + "-" + Long.toString(refs.incrementAndGet(), 36);
    }
}
