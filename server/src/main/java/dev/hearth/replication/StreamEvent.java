package dev.hearth.replication;

/// What comes out of the log, in its order: a [Relation] before the first change that has its
/// shape, and per transaction one [TransactionBegan], its changes, one [TransactionEnded].
public sealed interface StreamEvent permits Relation, TransactionBegan, Change, TransactionEnded {}
