package dev.hearth.client.realtime;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// What is counted. Safe for any thread.
final class Traffic {

    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile Optional<Duration> roundTrip = Optional.empty();

    void received(int size) {
        received.increment();
        bytes.add(size);
    }

    void sent() {
        sent.increment();
    }

    void reconnected() {
        reconnects.increment();
    }

    void dropped() {
        dropped.increment();
    }

    void roundTrip(Duration measured) {
        roundTrip = Optional.of(measured);
    }

    RealtimeStats stats(Collection<Line> lines, long protocolErrors) {
        return new RealtimeStats(
                received.sum(),
                sent.sum(),
                bytes.sum(),
                reconnects.sum(),
                protocolErrors,
                lines.stream().mapToLong(Line::queued).sum(),
                dropped.sum(),
                lines.size(),
                roundTrip);
    }
}
