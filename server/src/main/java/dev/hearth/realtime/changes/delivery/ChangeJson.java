package dev.hearth.realtime.changes.delivery;

import dev.hearth.exchange.Bytes;
import dev.hearth.observe.Observer;
import dev.hearth.realtime.changes.catalog.Logged;
import dev.hearth.realtime.changes.catalog.Table.Column;
import dev.hearth.realtime.changes.feed.Delivery;
import dev.hearth.realtime.changes.value.Json;
import dev.hearth.realtime.changes.value.JsonBuffer;
import dev.hearth.realtime.changes.value.LiteralException;
import dev.hearth.realtime.changes.value.PgType;
import dev.hearth.realtime.changes.value.Shape;
import dev.hearth.replication.Cell;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The `data` of a change's frames (realtime.md 6.1): each value is rendered once, each set of
/// visible columns encoded once. For the delivery thread only.
final class ChangeJson {

    /// Longer values, as JSON text, leave a change that is too large.
    private static final int MOST_BYTES_KEPT = 64;

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final Bytes NULL = new JsonBuffer(4).nothing().toBytes();

    /// What of the old row is shown.
    enum Old {
        /// Everything that the log has.
        ALL,
        /// The identity; where that is the whole row, the primary key.
        KEY
    }

    private record Version(BitSet columns, Old old) {}

    private final Logged change;
    private final Json json;
    private final Observer observer;
    private final int limit;
    private final @Nullable Bytes[] now;
    private final @Nullable Bytes[] before;
    private final Map<Object, Delivery> made = new HashMap<>();

    /// @param limit bytes of `record` and `old_record` above which long values are left out
    ChangeJson(Logged change, Json json, Observer observer, int limit) {
        this.change = change;
        this.json = json;
        this.observer = observer;
        this.limit = limit;
        int width = change.table().columns().size();
        now = new Bytes[width];
        before = new Bytes[width];
    }

    /// The change with these columns.
    Delivery show(BitSet columns, Old old) {
        return made.computeIfAbsent(
                new Version((BitSet) columns.clone(), old), version -> encode(columns, old));
    }

    /// The change without any, and why.
    Delivery error(String message) {
        return made.computeIfAbsent(message, m -> new Delivery(empty(message)));
    }

    private Bytes empty(String message) {
        JsonBuffer out = opening().raw(",\"columns\":[]");
        if (change.kind() != Logged.Kind.DELETE) {
            out.raw(",\"record\":{}");
        }
        if (change.kind() != Logged.Kind.INSERT) {
            out.raw(",\"old_record\":{}");
        }
        return out.raw(",\"errors\":[").string(message).raw("]}").toBytes();
    }

    private Delivery encode(BitSet columns, Old old) {
        JsonBuffer values = values(columns, old, Integer.MAX_VALUE);
        boolean tooLarge = values.length() > limit;
        JsonBuffer out = opening();
        out.raw(",\"columns\":[");
        columns(columns, out);
        out.put(']');
        out.raw((tooLarge ? values(columns, old, MOST_BYTES_KEPT) : values).toBytes());
        out.raw(tooLarge ? ",\"errors\":[\"Error 413: Payload Too Large\"]}" : ",\"errors\":null}");
        return new Delivery(out.toBytes());
    }

    private JsonBuffer opening() {
        Instant committed = change.change().transaction().commitTime();
        return new JsonBuffer(512)
                .raw("{\"schema\":")
                .string(change.table().schema())
                .raw(",\"table\":")
                .string(change.table().name())
                .raw(",\"type\":")
                .string(change.kind().name())
                .raw(",\"commit_timestamp\":")
                .string(TIMESTAMP.format(committed));
    }

    private void columns(BitSet columns, JsonBuffer out) {
        boolean first = true;
        for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
            if (!change.carries(i)) {
                continue;
            }
            if (!first) {
                out.put(',');
            }
            first = false;
            out.raw("{\"name\":")
                    .string(change.table().columns().get(i).name())
                    .raw(",\"type\":")
                    .string(change.type(i).map(PgType::name).orElse("unknown"))
                    .put('}');
        }
    }

    private JsonBuffer values(BitSet columns, Old old, int longest) {
        var out = new JsonBuffer(512);
        if (change.kind() != Logged.Kind.DELETE) {
            out.raw(",\"record\":");
            row(columns, now, false, longest, out);
        }
        if (change.kind() != Logged.Kind.INSERT) {
            out.raw(",\"old_record\":");
            BitSet shown = columns;
            if (old == Old.KEY) {
                shown = (BitSet) columns.clone();
                shown.and(keyPlaces());
            }
            row(shown, before, true, longest, out);
        }
        return out;
    }

    private BitSet keyPlaces() {
        var places = new BitSet();
        List<Column> columns = change.table().columns();
        for (int i = 0; i < columns.size(); i++) {
            if (change.hasWholeOldRow() ? columns.get(i).key() : change.identifies(i)) {
                places.set(i);
            }
        }
        return places;
    }

    private void row(
            BitSet columns, @Nullable Bytes[] rendered, boolean old, int longest, JsonBuffer out) {
        out.put('{');
        boolean first = true;
        for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
            Cell cell = old ? change.before(i) : change.now(i);
            if (cell instanceof Cell.Unchanged) {
                continue;
            }
            Bytes value = value(rendered, i, cell);
            boolean tooLong = value.length() > longest;
            boolean dropped = tooLong || (longest == MOST_BYTES_KEPT && cell instanceof Cell.Null);
            if (dropped) {
                continue;
            }
            if (!first) {
                out.put(',');
            }
            first = false;
            out.string(change.table().columns().get(i).name()).put(':').raw(value);
        }
        out.put('}');
    }

    private Bytes value(@Nullable Bytes[] rendered, int column, Cell cell) {
        Bytes known = rendered[column];
        if (known == null) {
            known = cell instanceof Cell.Text(String text) ? render(column, text) : NULL;
            rendered[column] = known;
        }
        return known;
    }

    private Bytes render(int column, String text) {
        Shape shape = change.type(column).map(PgType::shape).orElse(new Shape.Text());
        var out = new JsonBuffer(text.length() + 8);
        try {
            json.column(shape, text, out);
            return out.toBytes();
        } catch (LiteralException _) {
            observer.tell(
                    new DeliveryEvent.ValueNotRendered(
                            change.table().toString(),
                            change.table().columns().get(column).name()));
            return new JsonBuffer(text.length() + 8).string(text).toBytes();
        }
    }
}
