package dev.hearth.realtime.changes.delivery;

import dev.hearth.config.ChangesConfig;
import dev.hearth.observe.Observer;
import dev.hearth.realtime.changes.catalog.Members;
import dev.hearth.realtime.changes.interest.SubscriptionIndex;
import dev.hearth.realtime.changes.sql.ChangeDatabase;
import dev.hearth.realtime.changes.value.Json;
import dev.hearth.realtime.changes.verdict.Judge;
import dev.hearth.replication.Change;
import dev.hearth.replication.Gap;
import dev.hearth.replication.Position;
import dev.hearth.replication.Relation;
import dev.hearth.replication.ReplicationListener;
import dev.hearth.replication.TransactionBegan;
import dev.hearth.replication.TransactionEnded;

import java.time.InstantSource;
import java.util.function.Consumer;

/// The door of this room: takes from the log what the delivery thread hands over. The listener's
/// methods belong to the reader thread and wait while the queue is full.
public final class LogDelivery implements ReplicationListener, AutoCloseable {

    private final LogQueue queue;
    private final DeliveryLoop loop;
    private final RowLimit limit;
    private final Resent resent = new Resent();

    private LogDelivery(LogQueue queue, DeliveryLoop loop, RowLimit limit) {
        this.queue = queue;
        this.loop = loop;
        this.limit = limit;
    }

    /// Starts the delivery thread; the database need not be there yet.
    ///
    /// @param gaps hears of a gap when all before it was handed over
    /// @param clock tells whether a caller's claims are still true
    public static LogDelivery start(
            ChangeDatabase database,
            ChangesConfig config,
            SubscriptionIndex index,
            Members members,
            Judge judge,
            Consumer<Gap> gaps,
            Observer observer,
            InstantSource clock) {
        var queue = new LogQueue();
        var json = new Json(new DatabaseCasts(database));
        var handover = new Handover(config, json, observer, clock);
        var loop = new DeliveryLoop(queue, index, members, judge, handover, observer, gaps);
        Thread.ofVirtual().name("changes-delivery").start(loop);
        return new LogDelivery(queue, loop, new RowLimit(config.maxRowBytes()));
    }

    /// Ends the thread. What was not handed over is not confirmed either.
    @Override
    public void close() {
        loop.stop();
        queue.close();
    }

    @Override
    public void relation(Relation relation) {
        queue.put(new LogItem.OfShape());
    }

    @Override
    public void began(TransactionBegan transaction) {
        resent.began(transaction);
    }

    @Override
    public void change(Change change) {
        if (resent.isNew()) {
            queue.put(limit.take(change));
        }
    }

    @Override
    public void ended(TransactionEnded ended, Position position) {
        resent.ended();
        queue.put(new LogItem.OfEnd(ended, position));
    }

    @Override
    public void interrupted(String reason) {
        // Nothing is lost yet: what was committed meanwhile comes, or a gap is told.
    }

    @Override
    public void gap(Gap gap) {
        queue.put(new LogItem.OfGap(gap));
    }

    @Override
    public void following() {
        // The publication may be another than before.
        queue.put(new LogItem.OfShape());
    }
}
