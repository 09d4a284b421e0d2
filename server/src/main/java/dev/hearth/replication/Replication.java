package dev.hearth.replication;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// The door of the room: follows the log of one database through a permanent slot, and hands every
/// committed change of the publication's tables to a listener. Heals whatever can be healed, and
/// says so. The package's own page tells which thread does what.
public final class Replication implements AutoCloseable {

    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final Reader reader;
    private final Watch watch;
    private final Guard guard;
    private final Thread readerThread;
    private final Thread watchThread;
    private final Thread guardThread;
    private final Position position;
    private final ReplicationSettings settings;
    private final ReplicationConnections connections;
    private final Consumer<ReplicationEvent> events;
    private boolean confirmed;

    private Replication(
            ReplicationSettings settings,
            ReplicationConnections connections,
            ReplicationListener listener,
            Consumer<ReplicationEvent> events) {
        this.settings = settings;
        this.connections = connections;
        this.events = events;
        this.position = new Position();
        var continuity = new Continuity();
        var opening = new Opening(settings, connections, events);
        this.guard = new Guard(settings.senderTimeout(), opening);
        this.watch = new Watch(settings, connections, opening, guard, position, continuity, events);
        this.reader =
                new Reader(settings, opening, listener, position, continuity, watch, guard, events);
        this.readerThread =
                Thread.ofPlatform().name("hearth-replication-reader").daemon().unstarted(reader);
        this.watchThread = Thread.ofVirtual().name("hearth-replication-watch").unstarted(watch);
        this.guardThread = Thread.ofVirtual().name("hearth-replication-guard").unstarted(guard);
    }

    /// Begins to follow, and returns at once: a database that is down, or not fit to be followed,
    /// is waited for.
    ///
    /// @param listener receives what comes
    /// @param events receives what an operator should know, on any thread; must not block or throw
    public static Replication follow(
            ReplicationSettings settings,
            ReplicationConnections connections,
            ReplicationListener listener,
            Consumer<ReplicationEvent> events) {
        var replication = new Replication(settings, connections, listener, events);
        replication.readerThread.start();
        replication.watchThread.start();
        replication.guardThread.start();
        return replication;
    }

    /// What has been handed over.
    public Position position() {
        return position;
    }

    /// Why nothing comes, for an operator; empty while the stream is in force.
    public Optional<String> interruption() {
        return reader.interruption();
    }

    /// Bytes of the log between what was confirmed and its end, at the last look; empty before the
    /// first.
    public Optional<Long> bytesBehind() {
        return Optional.ofNullable(watch.latest()).map(look -> look.facts().bytesBehind());
    }

    /// Ends its threads and confirms what was handed over. The slot stays, and keeps the log for
    /// the next start; an event tells the statement that drops it.
    public void stop() {
        boolean following = reader.interruption().isEmpty();
        guard.stop();
        watch.stop();
        reader.stop();
        readerThread.interrupt();
        try {
            readerThread.join(STOPPING);
            watchThread.join(STOPPING);
            guardThread.join(STOPPING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (following && !confirmed) {
            confirmed = true;
            confirm();
        }
        Look look = watch.latest();
        if (look != null && look.facts().slot().isPresent()) {
            events.accept(new ReplicationEvent.SlotStays(look.facts().slotName()));
        }
    }

    /// What the stream had not told yet would come again in the next life.
    private void confirm() {
        try (Connection connection = Opening.ordinary(connections)) {
            ServerFacts facts = ServerFacts.read(connection, settings);
            Slots.advanceOnceFree(connection, facts.slotName(), position.confirmable());
        } catch (SQLException e) {
            events.accept(new ReplicationEvent.EndUnconfirmed(Failure.state(e)));
        }
    }

    @Override
    public void close() {
        stop();
    }

    /// How the removal of a slot went.
    public sealed interface Removal {
        record Removed(String slot) implements Removal {}

        record Absent(String slot) implements Removal {}

        /// Another client reads from it, or it is not ours.
        record Refused(ReplicationProblem problem) implements Removal {}
    }

    /// Drops the slot of this database, for good: what was committed since will never be sent.
    ///
    /// @throws SQLException when the database cannot be reached, or refuses
    public static Removal removeSlot(
            ReplicationSettings settings, ReplicationConnections connections) throws SQLException {
        try (Connection connection = Opening.ordinary(connections)) {
            ServerFacts facts = ServerFacts.read(connection, settings);
            if (facts.slot().isEmpty()) {
                return new Removal.Absent(facts.slotName());
            }
            ServerFacts.Slot slot = facts.slot().get();
            if (slot.holder().isPresent()) {
                return new Removal.Refused(held(connection, facts.slotName(), slot.holder().get()));
            }
            if (!slot.database().equals(facts.database())) {
                return new Removal.Refused(
                        new ReplicationProblem.SlotTaken(
                                facts.slotName(), slot.plugin(), slot.database()));
            }
            Slots.drop(connection, facts.slotName());
            return new Removal.Removed(facts.slotName());
        }
    }

    private static ReplicationProblem held(Connection connection, String slot, int pid)
            throws SQLException {
        var holder = Slots.holder(connection, pid);
        return new ReplicationProblem.SlotHeld(
                slot,
                pid,
                holder.map(Slots.Holder::address).orElse(""),
                holder.map(Slots.Holder::application).orElse(""));
    }
}
