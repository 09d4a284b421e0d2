package dev.hearth.replication;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/// The values of one row, in the order of [Relation#columns]. Immutable.
public final class Row extends AbstractList<Cell> implements RandomAccess {

    private final Cell[] cells;

    private Row(Cell[] cells) {
        this.cells = cells;
    }

    /// Takes the array over without copying it; only for the decoder, which lets go of it.
    static Row owning(Cell[] cells) {
        return new Row(cells);
    }

    public static Row of(List<Cell> cells) {
        return new Row(cells.toArray(Cell[]::new));
    }

    @Override
    public Cell get(int column) {
        return cells[column];
    }

    @Override
    public int size() {
        return cells.length;
    }
}
