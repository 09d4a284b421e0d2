package dev.hearth.replication;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.function.Consumer;

/// Calls the listener, and says as events what an operator should know. What the listener throws
/// does not stop the stream: it is told, and counts as a gap. On the reader thread.
final class Teller implements Consumer<StreamEvent> {

    private final ReplicationListener listener;
    private final Position position;
    private final Consumer<ReplicationEvent> events;

    private @Nullable ReplicationProblem waitingFor;

    Teller(ReplicationListener listener, Position position, Consumer<ReplicationEvent> events) {
        this.listener = listener;
        this.position = position;
        this.events = events;
    }

    @Override
    public void accept(StreamEvent event) {
        try {
            switch (event) {
                case Relation relation -> listener.relation(relation);
                case TransactionBegan began -> listener.began(began);
                case Change change -> listener.change(change);
                case TransactionEnded ended -> {
                    position.ended(ended.endLsn());
                    listener.ended(ended, position);
                }
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        events.accept(new ReplicationEvent.ListenerFailed(e));
        Instant now = Instant.now();
        gap(new Gap(now, now, "internal error"));
    }

    void gap(Gap gap) {
        events.accept(new ReplicationEvent.Missed(gap));
        guarded(() -> listener.gap(gap));
    }

    void following(String slot, Lsn from) {
        waitingFor = null;
        events.accept(new ReplicationEvent.Following(slot, from));
        guarded(listener::following);
    }

    /// Says it once, until something else is the matter.
    void waiting(ReplicationProblem problem) {
        if (problem.equals(waitingFor)) {
            return;
        }
        waitingFor = problem;
        events.accept(new ReplicationEvent.Waiting(problem));
        guarded(() -> listener.interrupted(problem.message()));
    }

    void interrupted(String sqlState, String answer) {
        events.accept(new ReplicationEvent.Interrupted(sqlState, answer));
        guarded(() -> listener.interrupted(answer));
    }

    void unreadable(DecodeException e) {
        String reason = e.getMessage() == null ? "" : e.getMessage();
        events.accept(new ReplicationEvent.MessageUnreadable(reason));
        Instant now = Instant.now();
        gap(new Gap(now, now, "a change could not be read"));
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            events.accept(new ReplicationEvent.ListenerFailed(e));
        }
    }
}
