package dev.hearth.client.realtime;

import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/// Messages of a channel for subscribers of a flow.
final class ChannelPublisher<T> implements Flow.Publisher<T> {

    private final SubmissionPublisher<T> publisher;
    private final Loop loop;
    private final Line line;

    ChannelPublisher(Loop loop, Line line, int limit) {
        this.loop = loop;
        this.line = line;
        publisher = new SubmissionPublisher<>(loop.turns().executor(), limit);
        line.listeners.closes.add(publisher::close);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        publisher.subscribe(subscriber);
    }

    void publish(T message) {
        publisher.offer(
                message,
                (subscriber, lost) -> {
                    loop.traffic().dropped();
                    loop.notices().report(errors -> errors.messageDropped(line.name, 1));
                    return false;
                });
    }
}
