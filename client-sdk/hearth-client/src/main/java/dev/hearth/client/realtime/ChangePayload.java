package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.internal.json.Decoder;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.realtime.JsonText.MalformedException;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/// A change as it stands in a frame, `{"ids":[…],"data":{…}}`, its parts found and its rows left as
/// text until somebody wants them.
///
/// @param ids of the server's bindings that it is for
/// @param time as the server wrote it; empty for none
/// @param record as JSON; empty for none
/// @param old likewise
/// @param raw the `data`, as JSON
record ChangePayload(
        List<Long> ids,
        PostgresEvent type,
        String schema,
        String table,
        String time,
        Columns columns,
        String record,
        String old,
        List<String> errors,
        String raw) {

    /// @param known the columns of the change before, which are most often those of this one
    /// @throws MalformedException when it is no change
    static ChangePayload of(String payload, Columns known) {
        List<Long> ids = List.of();
        @Nullable String data = null;
        var fields = new JsonText.Fields(payload, 0);
        while (fields.next()) {
            if (fields.is("ids")) {
                ids = ids(fields.raw());
            } else if (fields.is("data")) {
                data = fields.raw();
            }
        }
        if (data == null) {
            throw new MalformedException("a change has no data");
        }
        return data(ids, data, known);
    }

    private static ChangePayload data(List<Long> ids, String data, Columns known) {
        @Nullable PostgresEvent type = null;
        String schema = "";
        String table = "";
        String time = "";
        String row = "";
        String old = "";
        Columns columns = Columns.NONE;
        List<String> errors = List.of();
        var fields = new JsonText.Fields(data, 0);
        while (fields.next()) {
            if (fields.isNull()) {
                continue;
            }
            if (fields.is("type")) {
                type = type(fields.stringOrNull());
            } else if (fields.is("schema")) {
                schema = text(fields);
            } else if (fields.is("table")) {
                table = text(fields);
            } else if (fields.is("commit_timestamp")) {
                time = text(fields);
            } else if (fields.is("record")) {
                row = fields.raw();
            } else if (fields.is("old_record")) {
                old = fields.raw();
            } else if (fields.is("columns")) {
                columns = columns(data, fields, known);
            } else if (fields.is("errors")) {
                errors = errors(fields.raw());
            }
        }
        if (type == null) {
            throw new MalformedException("a change does not say what happened");
        }
        return new ChangePayload(ids, type, schema, table, time, columns, row, old, errors, data);
    }

    private static String text(JsonText.Fields fields) {
        @Nullable String text = fields.stringOrNull();
        return text == null ? "" : text;
    }

    private static @Nullable PostgresEvent type(@Nullable String name) {
        for (PostgresEvent event : PostgresEvent.values()) {
            if (event.name().equals(name)) {
                return event;
            }
        }
        return null;
    }

    private static Columns columns(String data, JsonText.Fields fields, Columns known) {
        return fields.to - fields.from == known.text().length()
                        && data.startsWith(known.text(), fields.from)
                ? known
                : Columns.of(fields.raw());
    }

    private static List<Long> ids(String json) {
        var ids = new ArrayList<Long>(2);
        int at = 1;
        while (at < json.length() - 1) {
            int from = JsonText.skipBlank(json, at);
            int to = JsonText.end(json, from);
            try {
                ids.add(Long.parseLong(json.substring(from, to)));
            } catch (NumberFormatException e) {
                throw new MalformedException("an id of a binding is no number");
            }
            at = JsonText.skipBlank(json, to) + 1;
        }
        return ids;
    }

    private static List<String> errors(String json) {
        var errors = new ArrayList<String>();
        JsonNode tree = Json.parse(json);
        if (tree.isArray()) {
            tree.forEach(error -> errors.add(error.asText()));
        } else {
            errors.add(tree.asText());
        }
        return List.copyOf(errors);
    }

    @Nullable Instant commitTimestamp() {
        try {
            return time.isEmpty() ? null : OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    <T> @Nullable T newRecord(Decoder<T> decoder) {
        return !errors.isEmpty() && record.equals("{}") ? null : row(record, decoder);
    }

    <T> @Nullable T oldRecord(Decoder<T> decoder) {
        return row(old, decoder);
    }

    private <T> @Nullable T row(String row, Decoder<T> decoder) {
        if (row.isEmpty()) {
            return null;
        }
        return columns.changes(row) ? decoder.read(columns.typed(row)) : decoder.read(row);
    }

    /// A row as a tree, an empty object where there is none.
    JsonNode tree(String row) {
        return row.isEmpty() ? Json.parse("{}") : columns.typed(row);
    }
}
