package dev.hearth.client.realtime;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.internal.json.Decoder;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A row that changed. Immutable.
///
/// @param <T> what a row is read as
public final class PostgresChange<T> {

    private final ChangePayload payload;
    private final Decoder<T> decoder;
    private final @Nullable T newRecord;

    PostgresChange(ChangePayload payload, Decoder<T> decoder) {
        this.payload = payload;
        this.decoder = decoder;
        newRecord = payload.newRecord(decoder);
    }

    /// What happened; never `ALL`.
    public PostgresEvent eventType() {
        return payload.type();
    }

    /// The row as it is now; null for a row that was deleted, and where [#errors] says why there is
    /// none.
    public @Nullable T newRecord() {
        return newRecord;
    }

    /// The row as it was; null for a new row. Unless the table's replica identity is full, the
    /// server sends its key columns only: the others are absent, so that a record has null, zero or
    /// false there. Read when asked for, and again each time.
    ///
    /// @throws JsonMappingException when it has another shape
    public @Nullable T oldRecord() {
        return payload.oldRecord(decoder);
    }

    /// The table's schema.
    public String schema() {
        return payload.schema();
    }

    /// The table.
    public String table() {
        return payload.table();
    }

    /// When it was committed; null where the server does not say.
    public @Nullable Instant commitTimestamp() {
        return payload.commitTimestamp();
    }

    /// Why the row is not told, such as `Error 401: Unauthorized`; empty as a rule.
    public List<String> errors() {
        return payload.errors();
    }

    /// The columns that the server tells of, in their order.
    public List<Column> columns() {
        return payload.columns().list();
    }

    /// All that the server said, as JSON.
    public String raw() {
        return payload.raw();
    }

    /// A column.
    ///
    /// @param type as PostgreSQL calls it: `int8`, `_text`
    public record Column(String name, String type) {}

    @Override
    public String toString() {
        return eventType() + " on " + schema() + "." + table();
    }
}
