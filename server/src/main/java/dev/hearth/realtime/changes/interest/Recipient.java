package dev.hearth.realtime.changes.interest;

import dev.hearth.realtime.changes.feed.BindingIds;
import dev.hearth.realtime.changes.feed.Delivery;
import dev.hearth.replication.TransactionBegan;
import dev.hearth.replication.TransactionId;
import dev.hearth.token.Caller;

/// Whom an interest belongs to. Called by the delivery thread alone; must not block.
public interface Recipient {

    /// As whom this transaction is judged: the same for all of its changes.
    Caller callerIn(TransactionBegan transaction);

    /// Takes a delivery, which it hands on unless the transaction is older than itself.
    void deliver(TransactionId transaction, Delivery delivery, BindingIds ids);
}
