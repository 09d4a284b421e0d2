package dev.hearth.realtime.changes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.replication.Cell;
import dev.hearth.replication.Change;
import dev.hearth.replication.Column;
import dev.hearth.replication.Lsn;
import dev.hearth.replication.OldRow;
import dev.hearth.replication.Relation;
import dev.hearth.replication.ReplicaIdentity;
import dev.hearth.replication.Row;
import dev.hearth.replication.TransactionBegan;
import dev.hearth.replication.TransactionId;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class RowLimitTest {

    private static final TransactionBegan BEGAN =
            new TransactionBegan(new TransactionId(1), Instant.EPOCH, Lsn.NONE);
    private static final Relation RELATION =
            new Relation(
                    1,
                    "public",
                    "t",
                    ReplicaIdentity.FULL,
                    List.of(new Column("id", 23, -1, true), new Column("body", 25, -1, true)));
    private static final Cell ID = new Cell.Text("1");
    private static final Cell SHORT = new Cell.Text("old");
    private static final Cell LONG = new Cell.Text("x".repeat(5_000));

    private static Change.Inserted inserted(Cell body) {
        return new Change.Inserted(BEGAN, Lsn.NONE, RELATION, Row.of(List.of(ID, body)));
    }

    private static Change.Updated updated(Cell before, Cell now) {
        return new Change.Updated(
                BEGAN,
                Lsn.NONE,
                RELATION,
                new OldRow.Full(Row.of(List.of(ID, before))),
                Row.of(List.of(ID, now)));
    }

    private static Change cut(Change change) {
        LogItem.OfRow taken = new RowLimit(5_000).take(change);
        assertThat(taken.cut()).isTrue();
        return taken.change();
    }

    @Test
    void aRowAtTheLimitIsTakenAsItIs() {
        Change.Inserted change = inserted(LONG);

        assertThat(new RowLimit(5_001).take(change)).isEqualTo(new LogItem.OfRow(change, false));
    }

    @Test
    void aRowOverTheLimitLosesItsLongValuesOnly() {
        assertThat(cut(inserted(LONG))).isEqualTo(inserted(Cell.UNCHANGED));
    }

    @Test
    void anOldValueNeverPassesForTheNewOneThatWent() {
        var change = (Change.Updated) cut(updated(SHORT, LONG));

        assertThat(change.after(0)).isEqualTo(ID);
        assertThat(change.after(1)).isEqualTo(Cell.UNCHANGED);
    }

    @Test
    void anUnchangedValueIsNotTakenFromTheOldRowThatLostIt() {
        var change =
                (Change.Updated) cut(updated(new Cell.Text("x".repeat(6_000)), Cell.UNCHANGED));

        assertThat(change.after(1)).isEqualTo(Cell.UNCHANGED);
    }

    @Test
    void aNewValueStaysWhereTheOldOneWent() {
        var change = (Change.Updated) cut(updated(LONG, SHORT));

        assertThat(change.after(1)).isEqualTo(SHORT);
        assertThat(change.old()).isEqualTo(new OldRow.Full(Row.of(List.of(ID, Cell.UNCHANGED))));
    }

    @Test
    void aDeletedRowLosesItsLongValues() {
        var old = new OldRow.Full(Row.of(List.of(ID, LONG)));
        var change = (Change.Deleted) cut(new Change.Deleted(BEGAN, Lsn.NONE, RELATION, old));

        assertThat(change.old()).isEqualTo(new OldRow.Full(Row.of(List.of(ID, Cell.UNCHANGED))));
    }
}
