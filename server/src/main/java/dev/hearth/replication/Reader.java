package dev.hearth.replication;

import dev.hearth.database.Pauses;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// The reader thread: opens the stream, follows it to its end, opens it again, until it is stopped.
final class Reader implements Runnable {

    /// Before an interrupted stream is opened again; doubled each time, up to the longest.
    private static final Pauses PAUSES = new Pauses(Duration.ofMillis(250), Duration.ofSeconds(2));

    private final ReplicationSettings settings;
    private final Opening opening;
    private final Assembler assembler = new Assembler();
    private final Position position;
    private final Continuity continuity;
    private final Teller teller;
    private final Watch watch;
    private final Guard guard;

    private boolean publicationLost;

    /// In which transaction the memory ran out the last time.
    private Optional<Lsn> outOfMemoryIn = Optional.empty();

    /// The same when it was not the first time: it is left out.
    private Optional<Lsn> tooLarge = Optional.empty();

    private volatile boolean stopping;
    private volatile Optional<String> interruption = Optional.of("not started yet");

    Reader(
            ReplicationSettings settings,
            Opening opening,
            ReplicationListener listener,
            Position position,
            Continuity continuity,
            Watch watch,
            Guard guard,
            Consumer<ReplicationEvent> events) {
        this.settings = settings;
        this.opening = opening;
        this.position = position;
        this.continuity = continuity;
        this.teller = new Teller(listener, position, events);
        this.watch = watch;
        this.guard = guard;
    }

    /// Why nothing comes; empty while the stream is in force.
    Optional<String> interruption() {
        return interruption;
    }

    /// Cuts the connection; the thread then ends by itself.
    void stop() {
        stopping = true;
        opening.abort();
    }

    @Override
    public void run() {
        int endings = 1;
        while (!stopping) {
            boolean opened = attempt();
            endings = opened ? 1 : endings + 1;
            try {
                if (!stopping) {
                    Thread.sleep(PAUSES.after(endings));
                }
            } catch (InterruptedException _) {
                return; // Only a stop interrupts.
            }
        }
    }

    /// @return whether a stream was in force
    private boolean attempt() {
        Opening.Opened opened;
        try {
            opened =
                    opening.open(
                            new OpeningPlan.Memory(
                                    assembler.deliveredThrough(),
                                    publicationLost,
                                    opening.slotGivenUp(),
                                    tooLarge));
        } catch (ProblemException e) {
            wait(e.problem());
            return false;
        } catch (SQLException e) {
            wait(opening.problem(e));
            return false;
        }
        try (Stream _ = opened.stream()) {
            follow(opened);
        } catch (SQLException e) {
            ended(e);
        } catch (OutOfMemoryError e) {
            Optional<Lsn> transaction = assembler.underWay();
            tooLarge = transaction.filter(commit -> outOfMemoryIn.equals(Optional.of(commit)));
            outOfMemoryIn = transaction;
            ended(new SQLException(e.toString(), "XX000", e));
        } catch (RuntimeException e) {
            ended(new SQLException(e.toString(), "XX000", e));
        } finally {
            guard.follows(null);
        }
        return true;
    }

    private void wait(ReplicationProblem problem) {
        if (!stopping) {
            interruption = Optional.of(problem.message());
            teller.waiting(problem);
        }
    }

    private void follow(Opening.Opened opened) throws SQLException {
        boolean first = assembler.deliveredThrough().equals(Lsn.NONE);
        assembler.streamOpened();
        assembler.reference(opened.facts().nextTransaction());
        if (first || opened.jumped()) {
            assembler.skipTo(opened.from());
        }
        if (opened.from().isBefore(position.handedOver())) {
            position.restart(opened.from());
        }
        opened.facts().slot().map(ServerFacts.Slot::confirmed).ifPresent(position::handedOver);
        continuity.begin(opened.facts().at());
        opened.missed()
                .ifPresent(reason -> teller.gap(continuity.gap(opened.facts().until(), reason)));
        publicationLost = false;
        tooLarge = Optional.empty();
        interruption = Optional.empty();
        var following =
                new Following(settings, opened, assembler, position, continuity, teller, watch);
        guard.follows(following);
        teller.following(opened.facts().slotName(), opened.from());
        following.run();
    }

    private void ended(SQLException e) {
        if (stopping) {
            return;
        }
        publicationLost = Failure.isMissingPublication(e, settings.publication());
        interruption = Optional.of(Failure.answer(e));
        teller.interrupted(Failure.state(e), Failure.answer(e));
    }
}
