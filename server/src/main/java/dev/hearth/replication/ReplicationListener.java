package dev.hearth.replication;

/// Receives what the log tells. Every method is called on the one reader thread, in the order of
/// the log; none may throw, and none should block for long: while it does, nothing is read.
/// Blocking to slow the reader down is what a full queue should do; the connection is kept alive
/// meanwhile.
public interface ReplicationListener {

    /// The shape of a table, before the first change that has it, and once more in each stream that
    /// is opened.
    void relation(Relation relation);

    void began(TransactionBegan transaction);

    void change(Change change);

    /// All of the transaction has come. Once its changes have been handed over, or nobody wanted
    /// them, [Position#handedOver] is told, from any thread, now or later; before that PostgreSQL
    /// keeps the log.
    ///
    /// A transaction that began and is followed by another `began`, or by `gap`, has no end: the
    /// rest of it will not come.
    void ended(TransactionEnded ended, Position position);

    /// Nothing comes for now: the reason in words, for an operator.
    void interrupted(String reason);

    /// Some changes may be missing for good. `following` comes after it.
    void gap(Gap gap);

    /// The stream is in force, for the first time or again. What was committed meanwhile comes now,
    /// unless a gap was told before.
    void following();
}
