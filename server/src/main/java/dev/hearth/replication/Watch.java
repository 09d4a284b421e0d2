package dev.hearth.replication;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The thread that looks at the server from time to time: at the lag, the slot and the publication.
final class Watch implements Runnable {

    private static final long BEAT_MILLISECONDS = 1_000;
    private static final Duration CREATION_IS_LONG = Duration.ofSeconds(3);

    private final ReplicationSettings settings;
    private final ReplicationConnections connections;
    private final Opening opening;
    private final Guard guard;
    private final Position position;
    private final Continuity continuity;
    private final LagWatch lag;
    private final Consumer<ReplicationEvent> events;

    private final Semaphore wanted = new Semaphore(0);
    private volatile @Nullable Look latest;
    private volatile boolean stopping;

    private @Nullable Connection connection;
    private long nextLookNanos = System.nanoTime();
    private long creatingSinceNanos;
    private String blockersTold = "";

    Watch(
            ReplicationSettings settings,
            ReplicationConnections connections,
            Opening opening,
            Guard guard,
            Position position,
            Continuity continuity,
            Consumer<ReplicationEvent> events) {
        this.settings = settings;
        this.connections = connections;
        this.opening = opening;
        this.guard = guard;
        this.position = position;
        this.continuity = continuity;
        this.lag = new LagWatch(settings.lag(), events);
        this.events = events;
    }

    /// The last look that succeeded.
    @Nullable Look latest() {
        return latest;
    }

    /// Asks for a look now. Safe for any thread.
    void lookSoon() {
        wanted.release();
    }

    /// Ends it at its next beat.
    void stop() {
        stopping = true;
        wanted.release();
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                boolean asked = wanted.tryAcquire(BEAT_MILLISECONDS, TimeUnit.MILLISECONDS);
                wanted.drainPermits();
                if (stopping) {
                    return;
                }
                if (asked || System.nanoTime() - nextLookNanos >= 0) {
                    look();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void look() {
        nextLookNanos = System.nanoTime() + settings.lag().lookEvery().toNanos();
        try {
            look(connected());
        } catch (SQLException e) {
            disconnect();
            again();
        }
    }

    /// A connection that broke between two looks tells nothing; one that cannot be opened does.
    private void again() {
        try {
            look(connected());
        } catch (SQLException e) {
            disconnect();
            nextLookNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEAT_MILLISECONDS);
            if (Failure.state(e).equals("57P03")) {
                guard.giveWay(position);
            }
        }
    }

    private void look(Connection open) throws SQLException {
        long nanos = System.nanoTime();
        ServerFacts facts = ServerFacts.read(open, settings);
        latest = new Look(facts, nanos);
        continuity.looked(facts.at(), facts.log());
        lag.looked(facts);
        boolean hopeless = lag.isHopeless(facts, nanos);
        if (hopeless) {
            giveUp(open, facts);
        } else {
            opening.release(false);
        }
        lookAtCreation(open, facts.slotName());
    }

    /// Drops the slot; a new one is made by the reader, whose gap tells of it. The reader itself
    /// may hang in its listener, which is how a lag comes about. A slot that is not ours, or that
    /// somebody else reads from, is left alone.
    private void giveUp(Connection open, ServerFacts facts) throws SQLException {
        ServerFacts.Slot slot = facts.slot().orElseThrow();
        if (!slot.isOursIn(facts.database()) || isForeign(open, slot)) {
            return;
        }
        opening.holdBack();
        guard.cut();
        if (slot.holder().isPresent()) {
            Slots.end(open, slot.holder().get());
        }
        if (Slots.dropOnceFree(open, facts.slotName())) {
            events.accept(
                    new ReplicationEvent.SlotGivenUp(
                            facts.slotName(),
                            facts.bytesBehind(),
                            settings.lag().most().orElse(Long.MAX_VALUE)));
            opening.release(true);
        }
        nextLookNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEAT_MILLISECONDS);
    }

    private boolean isForeign(Connection open, ServerFacts.Slot slot) throws SQLException {
        if (slot.holder().isEmpty()) {
            return false;
        }
        var holder = Slots.holder(open, slot.holder().get());
        return holder.isPresent() && !holder.get().application().equals(settings.applicationName());
    }

    private void lookAtCreation(Connection open, String slot) throws SQLException {
        var creating = opening.creatingPid();
        if (creating.isEmpty()) {
            creatingSinceNanos = 0;
            blockersTold = "";
            return;
        }
        long now = System.nanoTime();
        if (creatingSinceNanos == 0) {
            creatingSinceNanos = now;
        }
        nextLookNanos = now + TimeUnit.MILLISECONDS.toNanos(BEAT_MILLISECONDS);
        if (now - creatingSinceNanos > CREATION_IS_LONG.toNanos()) {
            String blockers = Slots.blockers(open, creating.get());
            if (!blockers.isEmpty() && !blockers.equals(blockersTold)) {
                blockersTold = blockers;
                events.accept(new ReplicationEvent.SlotCreationWaits(slot, blockers));
            }
        }
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = Opening.ordinary(connections);
            connection = open;
        }
        return open;
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException _) {
                // It was of no use any more.
            }
        }
    }
}
