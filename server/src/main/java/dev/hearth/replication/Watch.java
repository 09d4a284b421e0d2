package dev.hearth.replication;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The second thread: looks at the server from time to time, at the lag and the slot, and at the
/// reader, which may block.
final class Watch implements Runnable {

    private static final long BEAT_MILLISECONDS = 1_000;
    private static final Duration CREATION_IS_LONG = Duration.ofSeconds(3);

    private final ReplicationSettings settings;
    private final ReplicationConnections connections;
    private final Opening opening;
    private final Position position;
    private final Continuity continuity;
    private final LagWatch lag;
    private final Consumer<ReplicationEvent> events;

    private final Semaphore wanted = new Semaphore(0);
    private volatile @Nullable Look latest;
    private volatile @Nullable Following following;
    private volatile boolean stopping;

    private @Nullable Connection connection;
    private long nextLookNanos = System.nanoTime();
    private long creatingSinceNanos;
    private String blockersTold = "";

    Watch(
            ReplicationSettings settings,
            ReplicationConnections connections,
            Opening opening,
            Position position,
            Continuity continuity,
            Consumer<ReplicationEvent> events) {
        this.settings = settings;
        this.connections = connections;
        this.opening = opening;
        this.position = position;
        this.continuity = continuity;
        this.lag = new LagWatch(settings.lagWarning(), settings.lagAlarm(), events);
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

    /// The stream that runs, or none.
    void follows(@Nullable Following current) {
        following = current;
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
                guardReader();
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

    /// A read that hears nothing although the server must have asked for a sign of life twice is
    /// cut off; a reader that is busy with its listener is answered for.
    private void guardReader() {
        Following current = following;
        if (current == null) {
            return;
        }
        Duration timeout = settings.senderTimeout();
        var silence = current.stream().silence();
        if (silence.isPresent()) {
            if (silence.get().compareTo(timeout.multipliedBy(2)) > 0) {
                current.stream().abort();
            }
        } else if (current.stream().sinceConfirm().compareTo(timeout.dividedBy(4)) > 0) {
            try {
                current.confirmForReader();
            } catch (SQLException _) {
                // The reader will find the connection broken, and says so.
            }
        }
    }

    private void look() {
        nextLookNanos = System.nanoTime() + settings.watchEvery().toNanos();
        try {
            look(connected());
        } catch (SQLException e) {
            disconnect();
            again();
        }
    }

    /// A connection that broke between two looks tells nothing; one that cannot be opened does. A
    /// server that shuts down waits for every position to be confirmed, which a listener that needs
    /// that server can never do.
    private void again() {
        try {
            look(connected());
        } catch (SQLException e) {
            disconnect();
            nextLookNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEAT_MILLISECONDS);
            Following current = following;
            if (Failure.state(e).equals("57P03") && current != null && position.isBehind()) {
                current.stream().abort();
            }
        }
    }

    private void look(Connection open) throws SQLException {
        long nanos = System.nanoTime();
        ServerFacts facts = ServerFacts.read(open, settings);
        latest = new Look(facts, nanos);
        continuity.looked(facts.at(), facts.log());
        lag.looked(facts);
        lookAtCreation(open, facts.slotName());
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
