package dev.hearth.database;

import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Oid;
import org.postgresql.core.Query;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.Tuple;
import org.postgresql.util.PGbytea;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes what comes back of a flush, one reply for each statement. Notices are left unread: they
/// are the database's talk to a person.
final class Replies extends ResultHandlerBase {

    private final List<Reply> replies = new ArrayList<>();
    private @Nullable ResultCursor cursor;

    List<Reply> all() {
        return replies;
    }

    Reply last() {
        return replies.getLast();
    }

    /// Where the last statement goes on; empty when it has ended.
    Optional<ResultCursor> cursor() {
        return Optional.ofNullable(cursor);
    }

    @Override
    public void handleResultRows(
            Query fromQuery, Field[] fields, List<Tuple> tuples, @Nullable ResultCursor more) {
        cursor = more;
        var names = new ArrayList<String>();
        for (Field field : fields) {
            names.add(field.getColumnLabel());
        }
        var rows = new ArrayList<Reply.Cells>(tuples.size());
        for (Tuple tuple : tuples) {
            rows.add(cells(fields, tuple));
        }
        replies.add(Reply.of(names, rows));
    }

    private static Reply.Cells cells(Field[] fields, Tuple tuple) {
        return column -> {
            byte[] value = tuple.get(column);
            return value != null && column < fields.length && fields[column].getOID() == Oid.BYTEA
                    ? decoded(value)
                    : value;
        };
    }

    private static byte @Nullable [] decoded(byte[] text) {
        try {
            return PGbytea.toBytes(text);
        } catch (SQLException e) {
            throw new IllegalStateException("bytea in no known form", e);
        }
    }

    @Override
    public void handleCommandStatus(String status, long updateCount, long insertOid) {
        replies.add(Reply.NOTHING);
    }

    @Override
    public void handleWarning(SQLWarning warning) {}
}
