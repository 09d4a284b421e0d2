package dev.hearth.replication;

/// All changes of a transaction have come.
///
/// @param endLsn where its commit record ends: what [Position#handedOver] takes
public record TransactionEnded(TransactionBegan transaction, Lsn endLsn) implements StreamEvent {}
