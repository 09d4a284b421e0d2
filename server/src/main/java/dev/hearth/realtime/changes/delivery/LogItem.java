package dev.hearth.realtime.changes.delivery;

import dev.hearth.replication.Cell;
import dev.hearth.replication.Change;
import dev.hearth.replication.Gap;
import dev.hearth.replication.OldRow;
import dev.hearth.replication.Position;
import dev.hearth.replication.Row;
import dev.hearth.replication.TransactionEnded;

/// What the reader hands to the delivery thread, in the order of the log.
sealed interface LogItem {

    /// A change of one row.
    ///
    /// @param cut whether it has lost its long values
    record OfRow(Change change, boolean cut) implements LogItem {
        @Override
        public long bytes() {
            return switch (change) {
                case Change.Inserted inserted -> bytes(inserted.row());
                case Change.Updated updated -> bytes(updated.row()) + bytes(updated.old());
                case Change.Deleted deleted -> bytes(deleted.old());
                case Change.Truncated _ -> OVERHEAD;
            };
        }

        private static long bytes(OldRow old) {
            return switch (old) {
                case OldRow.None _ -> 0;
                case OldRow.Key(Row row) -> bytes(row);
                case OldRow.Full(Row row) -> bytes(row);
            };
        }

        private static long bytes(Row row) {
            long bytes = OVERHEAD;
            for (Cell cell : row) {
                bytes += cell instanceof Cell.Text(String text) ? 2L * text.length() + 40 : 8;
            }
            return bytes;
        }
    }

    /// All changes of the transaction have come before it.
    record OfEnd(TransactionEnded ended, Position position) implements LogItem {}

    /// A table may have another shape from here on, or be new.
    record OfShape() implements LogItem {}

    /// Something may have been missed.
    record OfGap(Gap gap) implements LogItem {}

    /// What an item without values weighs.
    long OVERHEAD = 100;

    /// About how much memory it holds.
    default long bytes() {
        return OVERHEAD;
    }
}
