package dev.hearth.replication;

import java.time.Instant;

/// The start of a committed transaction's changes.
///
/// @param xid its number, as snapshots know it; one for the whole transaction, savepoints included
/// @param commitTime when it committed, by the database's clock
/// @param commitLsn where its commit record begins: orders transactions, and names this one
public record TransactionBegan(TransactionId xid, Instant commitTime, Lsn commitLsn)
        implements StreamEvent {}
