package dev.hearth.replication;

/// One change to one row, or the emptying of one table, in a committed transaction.
public sealed interface Change extends StreamEvent {

    /// The transaction that it belongs to: its number, commit time and position.
    TransactionBegan transaction();

    /// Where the log holds this change. Never falls within a transaction, and equal for the rows
    /// that one log record holds together.
    Lsn lsn();

    /// The table in the shape that the row has.
    Relation relation();

    record Inserted(TransactionBegan transaction, Lsn lsn, Relation relation, Row row)
            implements Change {}

    record Updated(TransactionBegan transaction, Lsn lsn, Relation relation, OldRow old, Row row)
            implements Change {

        /// The column's value after the update: a value that the update did not touch is taken from
        /// the old row where the log holds that whole; else it stays [Cell.Unchanged].
        public Cell after(int column) {
            Cell cell = row.get(column);
            return cell instanceof Cell.Unchanged && old instanceof OldRow.Full(Row before)
                    ? before.get(column)
                    : cell;
        }
    }

    /// @param old never [OldRow.None]
    record Deleted(TransactionBegan transaction, Lsn lsn, Relation relation, OldRow old)
            implements Change {}

    /// One for each table that the statement named or reached.
    record Truncated(
            TransactionBegan transaction,
            Lsn lsn,
            Relation relation,
            boolean cascade,
            boolean restartIdentity)
            implements Change {}
}
