package dev.hearth.realtime.changes.subscription;

import dev.hearth.realtime.changes.feed.Binding;
import dev.hearth.realtime.changes.feed.BindingIds;
import dev.hearth.realtime.changes.feed.Delivery;
import dev.hearth.realtime.changes.feed.Subscriber;
import dev.hearth.realtime.changes.feed.Subscriptions;
import dev.hearth.realtime.changes.interest.Interest;
import dev.hearth.realtime.changes.interest.Recipient;
import dev.hearth.realtime.changes.interest.SubscriptionIndex;
import dev.hearth.realtime.changes.sql.Snapshot;
import dev.hearth.replication.Lsn;
import dev.hearth.replication.TransactionBegan;
import dev.hearth.replication.TransactionId;
import dev.hearth.token.Caller;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// A channel's subscription. Its monitor keeps the subscriber to one thread at a time; nothing that
/// blocks happens under it.
///
/// From the moment its interests enter the index until the snapshot is known, deliveries wait here;
/// then each is passed on or dropped, by whether the snapshot sees its transaction (realtime.md
/// 15.4).
final class ChannelSubscription implements Subscriptions.Subscription, Recipient {

    /// Deliveries that may wait for the snapshot, which takes milliseconds.
    private static final int MOST_WAITING = 10_000;

    private record Waiting(TransactionId transaction, Delivery delivery, BindingIds ids) {}

    private final Register register;
    private final Subscriber subscriber;
    private final List<Binding> bindings;
    private final ReentrantLock establishing = new ReentrantLock();
    private volatile Caller caller;

    // Only the delivery thread.
    private Caller judgedAs;
    private Lsn judgedAt = Lsn.NONE;

    // Guarded by this.
    private boolean closed;
    private @Nullable Snapshot from;
    private List<Waiting> waiting = new ArrayList<>();
    private boolean overflowed;
    private Map<Long, List<Interest>> interests = new HashMap<>();

    ChannelSubscription(
            Register register, Caller caller, List<Binding> bindings, Subscriber subscriber) {
        this.register = register;
        this.caller = caller;
        this.judgedAs = caller;
        this.bindings = List.copyOf(bindings);
        this.subscriber = subscriber;
    }

    /// Held by whoever puts it in force; taken before its monitor.
    ReentrantLock establishing() {
        return establishing;
    }

    List<Binding> bindings() {
        return bindings;
    }

    /// As whom later transactions are judged.
    Caller caller() {
        return caller;
    }

    @Override
    public Caller callerIn(TransactionBegan transaction) {
        if (judgedAt.isBefore(transaction.commitLsn())) {
            judgedAt = transaction.commitLsn();
            judgedAs = caller;
        }
        return judgedAs;
    }

    /// Hands a delivery over, keeps it, or drops it.
    @Override
    public synchronized void deliver(TransactionId transaction, Delivery delivery, BindingIds ids) {
        if (closed) {
            return;
        }
        if (from != null) {
            if (!from.sees(transaction)) {
                subscriber.deliver(delivery, ids);
            }
        } else if (waiting.size() < MOST_WAITING) {
            waiting.add(new Waiting(transaction, delivery, ids));
        } else {
            overflowed = true;
        }
    }

    /// Puts it in force: what the snapshot does not see is delivered, and what waited of it first.
    ///
    /// @return false when too much came meanwhile; then nothing is in force
    synchronized boolean inForceFrom(Snapshot snapshot) {
        List<Waiting> waited = waiting;
        waiting = new ArrayList<>();
        if (overflowed) {
            overflowed = false;
            return false;
        }
        if (from == null) {
            from = snapshot;
            waited.forEach(w -> deliver(w.transaction(), w.delivery(), w.ids()));
        }
        return true;
    }

    synchronized boolean isInForce() {
        return from != null;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void tell(boolean ok, String message) {
        if (!closed) {
            subscriber.system(ok, message);
        }
    }

    /// Tells only those that receive changes now.
    synchronized void tellInForce(boolean ok, String message) {
        if (from != null) {
            tell(ok, message);
        }
    }

    /// Enters the new interests before the old ones leave, so that nothing falls between.
    synchronized void replace(Map<Long, List<Interest>> wanted, SubscriptionIndex index) {
        Map<Long, List<Interest>> former = interests;
        interests = closed ? Map.of() : Map.copyOf(wanted);
        interests.forEach((table, list) -> list.forEach(i -> index.enter(table, i)));
        former.forEach((table, list) -> list.forEach(i -> index.leave(table, i)));
    }

    /// Takes all interests out, and what waited.
    synchronized void withdraw(SubscriptionIndex index) {
        replace(Map.of(), index);
        from = null;
        waiting = new ArrayList<>();
        overflowed = false;
    }

    /// The tables that it has interests in.
    synchronized Set<Long> tables() {
        return Set.copyOf(interests.keySet());
    }

    @Override
    public void changeCaller(Caller next) {
        String role = caller.role();
        caller = next;
        register.callerChanged(this, !role.equals(next.role()));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        register.left(this);
    }
}
