package dev.hearth.database;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The rows that one statement of a flush was answered, each value as the database wrote it: text
/// in UTF-8, `bytea` as its bytes. Nothing is copied.
public final class Reply {

    /// What a statement without rows is answered.
    static final Reply NOTHING = new Reply(List.of(), List.of());

    private final List<String> columns;
    private final List<Cells> rows;

    /// The values of a row.
    @FunctionalInterface
    interface Cells {
        byte @org.jspecify.annotations.Nullable [] at(int column);
    }

    private Reply(List<String> columns, List<Cells> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    static Reply of(List<String> names, List<Cells> rows) {
        return new Reply(names, rows);
    }

    /// How many rows.
    public int size() {
        return rows.size();
    }

    /// A value; empty for null and for a column that is not there.
    public Optional<byte[]> bytes(int row, String column) {
        int index = columns.indexOf(column);
        return index < 0 ? Optional.empty() : Optional.ofNullable(rows.get(row).at(index));
    }

    /// The first value of a row; empty for null.
    public Optional<byte[]> first(int row) {
        return Optional.ofNullable(rows.get(row).at(0));
    }

    /// A value as text; empty for null and for a column that is not there.
    public Optional<String> text(int row, String column) {
        return bytes(row, column).map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
