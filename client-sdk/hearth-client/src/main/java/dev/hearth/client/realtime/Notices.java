package dev.hearth.client.realtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// What the program's listeners to the socket, to errors and to heartbeats have still to hear, in
/// order, on the client's executor. Safe for any thread. A listener that is hopelessly slow does
/// not hear the newest.
final class Notices {

    private static final System.Logger LOG = System.getLogger("dev.hearth.client.realtime");
    private static final int LIMIT = 10_000;

    final List<HeartbeatListener> heartbeats = new CopyOnWriteArrayList<>();
    private final LongAdder protocolErrors = new LongAdder();
    private final RealtimeOptions options;
    private final Lane lane;

    Notices(Turns turns, RealtimeOptions options) {
        this.options = options;
        var quiet =
                new Lane.Overflow() {
                    @Override
                    public void began(int queued) {
                        LOG.log(System.Logger.Level.WARNING, "a listener is too slow");
                    }

                    @Override
                    public void dropped() {}

                    @Override
                    public void missed() {}

                    @Override
                    public boolean refused(Runnable again) {
                        return turns.tryAgain(again);
                    }
                };
        lane =
                new Lane(
                        turns.executor(),
                        LIMIT,
                        OverflowPolicy.DROP_NEWEST,
                        quiet,
                        thrown -> LOG.log(System.Logger.Level.WARNING, "a listener threw", thrown));
    }

    void announce(ConnectionEvent event) {
        lane.offer(() -> options.listener().on(event));
    }

    void report(Consumer<ErrorListener> error) {
        lane.offer(() -> error.accept(options.errorListener()));
    }

    void protocolError(String reason) {
        protocolErrors.increment();
        report(errors -> errors.protocolError(reason));
    }

    long protocolErrors() {
        return protocolErrors.sum();
    }

    void heartbeat(LinkEffect.Heartbeat beat) {
        lane.offer(
                () -> heartbeats.forEach(listener -> listener.on(beat.status(), beat.roundTrip())));
    }
}
