package dev.hearth.realtime.changes;

import dev.hearth.replication.Cell;

import org.jspecify.annotations.Nullable;

/// Cells as parameters.
final class Texts {

    private Texts() {}

    /// The text; null for everything that has none.
    static @Nullable String of(Cell cell) {
        return switch (cell) {
            case Cell.Text(String text) -> text;
            case Cell.Null _, Cell.Unchanged _ -> null;
        };
    }
}
