package dev.hearth.replication;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Opens the stream: looks at the server, decides by [OpeningPlan], does it. On the reader thread.
final class Opening {

    private final ReplicationSettings settings;
    private final ReplicationConnections connections;
    private final Consumer<ReplicationEvent> events;

    private String system = "";
    private volatile @Nullable Stream opening;
    private volatile boolean creating;
    private volatile long connectingNanos;
    private volatile boolean connecting;
    private @Nullable ServerFacts facts;
    private boolean unboundedTold;
    private volatile boolean givingUp;
    private volatile boolean slotGivenUp;

    /// A stream that runs.
    ///
    /// @param from where it starts; nothing before comes
    /// @param jumped whether something before `from` is left out for good
    /// @param missed why changes may be missing up to the time of the facts
    record Opened(
            Stream stream, ServerFacts facts, Lsn from, boolean jumped, Optional<String> missed) {}

    Opening(
            ReplicationSettings settings,
            ReplicationConnections connections,
            Consumer<ReplicationEvent> events) {
        this.settings = settings;
        this.connections = connections;
        this.events = events;
    }

    /// @throws ProblemException when it cannot be for now
    /// @throws SQLException for whatever the server answers otherwise
    Opened open(OpeningPlan.Memory memory) throws SQLException, ProblemException {
        if (givingUp) {
            throw new ProblemException(new ReplicationProblem.LagTooLarge());
        }
        try (Connection ordinary = ordinary(connections)) {
            ServerFacts facts = ServerFacts.read(ordinary, settings);
            this.facts = facts;
            warnUnbounded(facts);
            return switch (OpeningPlan.of(facts, memory, settings)) {
                case OpeningPlan.Wait(var problem) -> throw new ProblemException(problem);
                case OpeningPlan.Held(int pid) -> throw held(ordinary, facts, pid);
                case OpeningPlan.Create create -> create(ordinary, facts, create);
                case OpeningPlan.Start start -> start(facts, start);
            };
        } finally {
            connecting = false;
        }
    }

    /// Keeps the stream from being opened while the slot is given up. From the watch's thread.
    void holdBack() {
        givingUp = true;
    }

    /// Lets it be opened again.
    ///
    /// @param gone whether the slot was given up
    void release(boolean gone) {
        slotGivenUp |= gone;
        givingUp = false;
    }

    /// Whether the slot was given up, and none was made since.
    boolean slotGivenUp() {
        return slotGivenUp;
    }

    /// What an answer to an attempt means.
    ReplicationProblem problem(SQLException e) {
        return facts == null
                ? Failure.opening(e, "", 0)
                : Failure.opening(e, facts.role(), facts.maximumSlots());
    }

    /// Opens a connection for queries, which ends by itself when nobody answers.
    static Connection ordinary(ReplicationConnections connections) throws SQLException {
        return connections.open(
                Map.of(
                        "ApplicationName", "hearth replication watch",
                        "connectTimeout", "10",
                        "loginTimeout", "15",
                        "socketTimeout", "15",
                        "tcpKeepAlive", "true"));
    }

    private void warnUnbounded(ServerFacts facts) {
        if (facts.unbounded() && !unboundedTold) {
            unboundedTold = true;
            events.accept(new ReplicationEvent.SlotUnbounded(facts.slotName()));
        }
    }

    /// A former life of ours that has gone silent is ended; the next attempt finds the slot free.
    private ProblemException held(Connection ordinary, ServerFacts facts, int pid)
            throws SQLException {
        var holder = Slots.holder(ordinary, pid);
        String address = holder.map(Slots.Holder::address).orElse("");
        if (holder.isPresent()
                && holder.get().application().equals(settings.applicationName())
                && holder.get().silence().compareTo(settings.deadPeerAfter()) > 0
                && Slots.end(ordinary, pid)) {
            events.accept(new ReplicationEvent.HolderEnded(facts.slotName(), pid, address));
        }
        return new ProblemException(
                new ReplicationProblem.SlotHeld(
                        facts.slotName(),
                        pid,
                        address,
                        holder.map(Slots.Holder::application).orElse("")));
    }

    private Opened create(Connection ordinary, ServerFacts facts, OpeningPlan.Create create)
            throws SQLException {
        if (create.replace()) {
            Slots.drop(ordinary, facts.slotName());
        }
        Stream stream = connect();
        try {
            creating = true;
            stream.createSlot(facts.slotName());
            connectingNanos = System.nanoTime();
            creating = false;
            slotGivenUp = false;
            events.accept(new ReplicationEvent.SlotCreated(facts.slotName()));
            system = stream.systemIdentifier();
            ServerFacts now = ServerFacts.read(ordinary, settings);
            Lsn from = now.slot().map(ServerFacts.Slot::confirmed).orElse(now.log());
            stream.start(now.slotName(), from, settings.publication());
            return new Opened(stream, now, from, true, create.missed());
        } catch (SQLException e) {
            stream.close();
            throw e;
        } finally {
            creating = false;
        }
    }

    private Opened start(ServerFacts facts, OpeningPlan.Start start) throws SQLException {
        Stream stream = connect();
        try {
            String found = stream.systemIdentifier();
            boolean other = !system.isEmpty() && !system.equals(found);
            system = found;
            // Another cluster under the same address: positions of the former mean nothing in it.
            Lsn from =
                    other
                            ? facts.slot().map(ServerFacts.Slot::confirmed).orElse(facts.log())
                            : start.from();
            stream.start(facts.slotName(), from, settings.publication());
            return new Opened(
                    stream,
                    facts,
                    from,
                    start.jump() || other,
                    other ? Optional.of("the database is another one") : start.missed());
        } catch (SQLException e) {
            stream.close();
            throw e;
        }
    }

    private Stream connect() throws SQLException {
        Stream stream = Stream.connect(connections, settings);
        opening = stream;
        connectingNanos = System.nanoTime();
        connecting = true;
        return stream;
    }

    /// How long a connection has been open that does not stream yet, the making of a slot left out:
    /// that waits for others.
    Duration connecting() {
        return connecting && !creating
                ? Duration.ofNanos(System.nanoTime() - connectingNanos)
                : Duration.ZERO;
    }

    /// The process that has been making a slot, while it does.
    Optional<Integer> creatingPid() {
        Stream stream = opening;
        return creating && stream != null ? Optional.of(stream.backendPid()) : Optional.empty();
    }

    /// Cuts off whatever connection was opened last. Safe for any thread.
    void abort() {
        Stream stream = opening;
        if (stream != null) {
            stream.abort();
        }
    }
}
