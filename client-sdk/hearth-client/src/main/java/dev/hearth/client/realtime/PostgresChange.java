package dev.hearth.client.realtime;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.internal.json.Decoder;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A row that changed. Immutable.
///
/// | event | [#newRecord] | [#oldRecord] |
/// |---|---|---|
/// | INSERT | the row | throws `NoRecord` |
/// | UPDATE | the row as it is now | its key, or the whole row as it was |
/// | DELETE | throws `NoRecord` | its key, or the whole row as it was |
///
/// ```java
/// channel.onPostgresChanges(ALL, f -> f.table("notes"), Note.class, change -> {
///     switch (change.eventType()) {
///         case INSERT, UPDATE -> show(change.newRecord());
///         case DELETE -> hide(change.oldRecord().id());
///     }
/// });
/// ```
///
/// The old row is whole where the table says `alter table … replica identity full`. Else the server
/// sends its key columns only, and the others are absent: a record has null, zero or false there.
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

    /// The row as it is now.
    ///
    /// @throws RealtimeException `NoRecord` when there is none: the row was deleted, or [#errors]
    ///   says why it is not told
    public T newRecord() {
        if (newRecord == null) {
            throw none("new", "a row that was deleted has only the old one, oldRecord()");
        }
        return newRecord;
    }

    /// The same, null when there is none. supabase-js has `{}` there.
    public @Nullable T newRecordOrNull() {
        return newRecord;
    }

    /// The row as it was, or its key. Read when asked for, and again each time.
    ///
    /// @throws RealtimeException `NoRecord` when there is none: the row is new, or the server did
    ///   not tell
    /// @throws JsonMappingException when it has another shape; a type that takes no absent columns
    ///   needs the whole row
    public T oldRecord() {
        @Nullable T old = oldRecordOrNull();
        if (old == null) {
            throw none("old", "a row that is new has none");
        }
        return old;
    }

    /// The same, null when there is none. supabase-js has `{}` there.
    public @Nullable T oldRecordOrNull() {
        return payload.oldRecord(decoder);
    }

    private RealtimeException none(String which, String why) {
        return new RealtimeException(
                "this "
                        + eventType()
                        + " on "
                        + schema()
                        + "."
                        + table()
                        + " brings no "
                        + which
                        + " row"
                        + (errors().isEmpty() ? "" : ", the server says " + errors())
                        + "; "
                        + why
                        + "; look at eventType() first, or use "
                        + which
                        + "RecordOrNull()",
                "NoRecord",
                null);
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
