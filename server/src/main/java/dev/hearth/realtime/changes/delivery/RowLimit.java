package dev.hearth.realtime.changes.delivery;

import dev.hearth.realtime.changes.catalog.Logged;
import dev.hearth.replication.Cell;
import dev.hearth.replication.Change;
import dev.hearth.replication.OldRow;
import dev.hearth.replication.Row;

import java.util.ArrayList;
import java.util.function.IntPredicate;

/// How much of a change's values is taken on. Encoding a value takes several times its size, so a
/// row that is a good part of the memory would never get through, and nothing behind it either. Of
/// a row above the limit the long values are let go at once, as if the log did not hold them, and
/// its subscribers hear that it is too large.
///
/// @param most characters of old and new values together
record RowLimit(int most) {

    /// Longer values go. Whatever an index holds is shorter, keys among it; and a row of as many
    /// columns as a table can have stays below 7 MB.
    private static final int MOST_KEPT = 4_096;

    LogItem.OfRow take(Change change) {
        return Logged.length(change) <= most
                ? new LogItem.OfRow(change, false)
                : new LogItem.OfRow(withoutLongValues(change), true);
    }

    private static Change withoutLongValues(Change change) {
        return switch (change) {
            case Change.Inserted(var transaction, var lsn, var relation, Row row) ->
                    new Change.Inserted(
                            transaction, lsn, relation, without(row, place -> isLong(row, place)));
            case Change.Updated(var transaction, var lsn, var relation, OldRow old, Row row) ->
                    new Change.Updated(
                            transaction,
                            lsn,
                            relation,
                            // Or else the old value would pass for the new one.
                            without(old, place -> isLong(row, place)),
                            without(row, place -> isLong(row, place)));
            case Change.Deleted(var transaction, var lsn, var relation, OldRow old) ->
                    new Change.Deleted(transaction, lsn, relation, without(old, _ -> false));
            case Change.Truncated _ -> change;
        };
    }

    private static OldRow without(OldRow old, IntPredicate gone) {
        return switch (old) {
            case OldRow.None _ -> old;
            case OldRow.Key(Row row) ->
                    new OldRow.Key(without(row, place -> gone.test(place) || isLong(row, place)));
            case OldRow.Full(Row row) ->
                    new OldRow.Full(without(row, place -> gone.test(place) || isLong(row, place)));
        };
    }

    private static Row without(Row row, IntPredicate gone) {
        var cells = new ArrayList<Cell>(row.size());
        for (int i = 0; i < row.size(); i++) {
            cells.add(gone.test(i) ? Cell.UNCHANGED : row.get(i));
        }
        return Row.of(cells);
    }

    private static boolean isLong(Row row, int place) {
        return row.get(place) instanceof Cell.Text(String text) && text.length() > MOST_KEPT;
    }
}
