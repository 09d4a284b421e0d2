package dev.hearth.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// A listener that keeps what it hears, and hands over at once unless it is told to hold.
final class Recorder implements ReplicationListener, Consumer<ReplicationEvent> {
    final List<StreamEvent> stream = new CopyOnWriteArrayList<>();
    final List<Gap> gaps = new CopyOnWriteArrayList<>();
    final List<String> interruptions = new CopyOnWriteArrayList<>();
    final List<ReplicationEvent> events = new CopyOnWriteArrayList<>();
    final AtomicInteger followings = new AtomicInteger();
    final AtomicBoolean holds = new AtomicBoolean();
    final AtomicBoolean fails = new AtomicBoolean();
    final ReentrantLock gate = new ReentrantLock();

    private final ReentrantLock changesLock = new ReentrantLock();
    private final List<Change> changes = new ArrayList<>();

    @Override
    public void relation(Relation relation) {
        stream.add(relation);
    }

    @Override
    public void began(TransactionBegan transaction) {
        stream.add(transaction);
    }

    @Override
    public void change(Change change) {
        gate.lock();
        try {
            if (fails.get()) {
                throw new IllegalStateException("told to fail");
            }
            keep(change);
        } finally {
            gate.unlock();
        }
    }

    private void keep(Change change) {
        changesLock.lock();
        try {
            changes.add(change);
        } finally {
            changesLock.unlock();
        }
    }

    @Override
    public void ended(TransactionEnded ended, Position position) {
        stream.add(ended);
        if (!holds.get()) {
            position.handedOver(ended.endLsn());
        }
    }

    @Override
    public void interrupted(String reason) {
        interruptions.add(reason);
    }

    @Override
    public void gap(Gap gap) {
        gaps.add(gap);
    }

    @Override
    public void following() {
        followings.incrementAndGet();
    }

    @Override
    public void accept(ReplicationEvent event) {
        events.add(event);
    }

    List<Change> changes() {
        changesLock.lock();
        try {
            return List.copyOf(changes);
        } finally {
            changesLock.unlock();
        }
    }

    boolean replicationEnded() {
        return stream.stream().anyMatch(TransactionEnded.class::isInstance);
    }

    int count() {
        changesLock.lock();
        try {
            return changes.size();
        } finally {
            changesLock.unlock();
        }
    }

    /// The first column of every inserted row.
    List<String> inserted() {
        return changes().stream()
                .filter(Change.Inserted.class::isInstance)
                .map(Change.Inserted.class::cast)
                .map(change -> text(change.row().getFirst()))
                .toList();
    }

    <E extends ReplicationEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static String text(Cell cell) {
        return switch (cell) {
            case Cell.Text(String value) -> value;
            case Cell.Null _ -> "<null>";
            case Cell.Unchanged _ -> "<unchanged>";
        };
    }
}
