package dev.hearth.realtime.changes.catalog;

import dev.hearth.realtime.changes.value.PgType;
import dev.hearth.realtime.changes.value.Types;
import dev.hearth.replication.Cell;
import dev.hearth.replication.Change;
import dev.hearth.replication.OldRow;
import dev.hearth.replication.Relation;
import dev.hearth.replication.Row;

import java.util.Optional;

/// A change beside the table that it is matched as. Columns are asked for by their place in
/// [Table#columns]. For the delivery thread only.
public final class Logged {

    /// What a subscriber calls it.
    public enum Kind {
        /// A new row.
        INSERT,
        /// A new version of a row.
        UPDATE,
        /// A row that is gone.
        DELETE
    }

    private final Change change;
    private final Table table;
    private final Types types;
    private final int[] places;
    private final Kind kind;

    private Logged(Change change, Table table, Types types, int[] places, Kind kind) {
        this.change = change;
        this.table = table;
        this.types = types;
        this.places = places;
        this.kind = kind;
    }

    /// Empty for a TRUNCATE, which nobody hears of.
    public static Optional<Logged> of(Change change, Table table, Types types, int[] places) {
        return kind(change).map(kind -> new Logged(change, table, types, places, kind));
    }

    private static Optional<Kind> kind(Change change) {
        return switch (change) {
            case Change.Inserted _ -> Optional.of(Kind.INSERT);
            case Change.Updated _ -> Optional.of(Kind.UPDATE);
            case Change.Deleted _ -> Optional.of(Kind.DELETE);
            case Change.Truncated _ -> Optional.empty();
        };
    }

    /// The change as the log has it.
    public Change change() {
        return change;
    }

    /// What it is matched, granted and judged as.
    public Table table() {
        return table;
    }

    /// What a subscriber calls it.
    public Kind kind() {
        return kind;
    }

    /// Whether the stream carries the column at all.
    public boolean carries(int column) {
        return places[column] >= 0;
    }

    /// Whether the column belongs to the replica identity.
    public boolean identifies(int column) {
        return places[column] >= 0 && relation().columns().get(places[column]).identity();
    }

    /// The type that the logged text has, which the catalog may have left behind.
    public Optional<PgType> type(int column) {
        return types.find(relation().columns().get(places[column]).typeOid());
    }

    /// The type's OID in the log; 0 where the stream does not carry the column.
    public long typeOid(int column) {
        return places[column] < 0 ? 0 : relation().columns().get(places[column]).typeOid();
    }

    /// The value after the change; [Cell.Unchanged] where the log does not hold it.
    public Cell now(int column) {
        int place = places[column];
        if (place < 0) {
            return Cell.UNCHANGED;
        }
        return switch (change) {
            case Change.Inserted inserted -> inserted.row().get(place);
            case Change.Updated updated -> updated.after(place);
            case Change.Deleted _, Change.Truncated _ -> Cell.UNCHANGED;
        };
    }

    /// The value before the change; [Cell.Unchanged] where the log does not hold it. An update that
    /// left the identity as it was has the identity's values from the new row.
    public Cell before(int column) {
        int place = places[column];
        if (place < 0) {
            return Cell.UNCHANGED;
        }
        return switch (old()) {
            case OldRow.Full(Row row) -> row.get(place);
            case OldRow.Key(Row row) -> identifies(column) ? row.get(place) : Cell.UNCHANGED;
            case OldRow.None _ -> identifies(column) ? now(column) : Cell.UNCHANGED;
        };
    }

    /// Whether the log holds the whole row before the change.
    public boolean hasWholeOldRow() {
        return old() instanceof OldRow.Full;
    }

    /// Characters of the values, old and new together.
    public static long length(Change change) {
        return switch (change) {
            case Change.Inserted inserted -> length(inserted.row());
            case Change.Updated updated -> length(updated.row()) + length(updated.old());
            case Change.Deleted deleted -> length(deleted.old());
            case Change.Truncated _ -> 0;
        };
    }

    private static long length(OldRow old) {
        return switch (old) {
            case OldRow.None _ -> 0;
            case OldRow.Key(Row row) -> length(row);
            case OldRow.Full(Row row) -> length(row);
        };
    }

    private static long length(Row row) {
        long length = 0;
        for (Cell cell : row) {
            length += cell instanceof Cell.Text(String text) ? text.length() : 0;
        }
        return length;
    }

    /// What filters look at: the new row, or of a DELETE the old one.
    public Cell filtered(int column) {
        return kind == Kind.DELETE ? before(column) : now(column);
    }

    private OldRow old() {
        return switch (change) {
            case Change.Updated updated -> updated.old();
            case Change.Deleted deleted -> deleted.old();
            case Change.Inserted _, Change.Truncated _ -> OldRow.NONE;
        };
    }

    private Relation relation() {
        return change.relation();
    }
}
