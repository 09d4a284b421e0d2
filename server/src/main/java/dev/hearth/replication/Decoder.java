package dev.hearth.replication;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads one message of pgoutput from a buffer and nothing else: no state, no catalog. Every length
/// is checked against what is left before anything of that size is made.
final class Decoder {

    /// PostgreSQL counts microseconds from 2000-01-01.
    private static final long POSTGRES_EPOCH_SECONDS = 946_684_800;

    private static final int CASCADE = 1;
    private static final int RESTART_IDENTITY = 2;
    private static final int PART_OF_IDENTITY = 1;

    private Decoder() {}

    /// Reads the message that fills the buffer from its position to its limit.
    ///
    /// @throws DecodeException when the bytes end too early, go on after the message, or hold
    ///   something that the protocol does not know at that place
    static Message decode(ByteBuffer buffer) {
        try {
            Message message = message(buffer);
            if (buffer.hasRemaining()) {
                throw new DecodeException(
                        buffer.remaining() + " bytes follow the end of a message");
            }
            return message;
        } catch (BufferUnderflowException _) {
            throw new DecodeException("A message ends in the middle of a field");
        }
    }

    /// Microseconds since 2000-01-01 as a moment.
    static Instant instant(long microseconds) {
        return Instant.ofEpochSecond(
                POSTGRES_EPOCH_SECONDS + Math.floorDiv(microseconds, 1_000_000L),
                Math.floorMod(microseconds, 1_000_000L) * 1_000);
    }

    private static Message message(ByteBuffer buffer) {
        byte tag = buffer.get();
        return switch (tag) {
            case 'B' -> new Message.Begin(lsn(buffer), instant(buffer.getLong()), buffer.getInt());
            case 'C' -> commit(buffer);
            case 'R' -> relation(buffer);
            case 'I' -> insert(buffer);
            case 'U' -> update(buffer);
            case 'D' -> delete(buffer);
            case 'T' -> truncate(buffer);
            case 'Y' -> new Message.Type(oid(buffer), text(buffer), text(buffer));
            case 'O' -> new Message.Origin(lsn(buffer), text(buffer));
            case 'M' -> logicalMessage(buffer);
            default -> new Message.Unknown(tag, Bytes.read(buffer, buffer.remaining()));
        };
    }

    private static Message commit(ByteBuffer buffer) {
        buffer.get(); // Flags; none is in use.
        return new Message.Commit(lsn(buffer), lsn(buffer), instant(buffer.getLong()));
    }

    private static Message relation(ByteBuffer buffer) {
        long oid = oid(buffer);
        String schema = text(buffer);
        String name = text(buffer);
        ReplicaIdentity identity = replicaIdentity(buffer.get());
        int count = count(buffer);
        var columns = new ArrayList<Column>(count);
        for (int i = 0; i < count; i++) {
            boolean key = (buffer.get() & PART_OF_IDENTITY) != 0;
            columns.add(new Column(text(buffer), oid(buffer), buffer.getInt(), key));
        }
        // The protocol leaves the schema of system tables empty.
        return new Relation(oid, schema.isEmpty() ? "pg_catalog" : schema, name, identity, columns);
    }

    private static ReplicaIdentity replicaIdentity(byte letter) {
        return switch (letter) {
            case 'd' -> ReplicaIdentity.DEFAULT;
            case 'n' -> ReplicaIdentity.NOTHING;
            case 'f' -> ReplicaIdentity.FULL;
            case 'i' -> ReplicaIdentity.INDEX;
            default -> throw new DecodeException("Unknown replica identity " + letter);
        };
    }

    private static Message insert(ByteBuffer buffer) {
        long oid = oid(buffer);
        require(buffer.get(), 'N');
        return new Message.Insert(oid, row(buffer));
    }

    private static Message update(ByteBuffer buffer) {
        long oid = oid(buffer);
        byte kind = buffer.get();
        if (kind == 'N') {
            return new Message.Update(oid, OldRow.NONE, row(buffer));
        }
        OldRow old = oldRow(kind, buffer);
        require(buffer.get(), 'N');
        return new Message.Update(oid, old, row(buffer));
    }

    private static Message delete(ByteBuffer buffer) {
        long oid = oid(buffer);
        return new Message.Delete(oid, oldRow(buffer.get(), buffer));
    }

    private static Message truncate(ByteBuffer buffer) {
        int count = buffer.getInt();
        byte options = buffer.get();
        if (count < 0 || count > buffer.remaining() / Integer.BYTES) {
            throw new DecodeException("A TRUNCATE names more tables than it has bytes: " + count);
        }
        List<Long> oids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            oids.add(oid(buffer));
        }
        return new Message.Truncate(
                oids, (options & CASCADE) != 0, (options & RESTART_IDENTITY) != 0);
    }

    private static Message logicalMessage(ByteBuffer buffer) {
        boolean transactional = (buffer.get() & 1) != 0;
        Lsn lsn = lsn(buffer);
        String prefix = text(buffer);
        return new Message.LogicalMessage(
                transactional, lsn, prefix, Bytes.read(buffer, length(buffer)));
    }

    private static OldRow oldRow(byte kind, ByteBuffer buffer) {
        return switch (kind) {
            case 'K' -> new OldRow.Key(row(buffer));
            case 'O' -> new OldRow.Full(row(buffer));
            default -> throw new DecodeException("Unknown kind of old row " + kind);
        };
    }

    private static Row row(ByteBuffer buffer) {
        var cells = new Cell[count(buffer)];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cell(buffer);
        }
        return Row.owning(cells);
    }

    private static Cell cell(ByteBuffer buffer) {
        byte kind = buffer.get();
        return switch (kind) {
            case 't' -> new Cell.Text(text(buffer, length(buffer)));
            case 'n' -> Cell.NULL;
            case 'u' -> Cell.UNCHANGED;
            // 'b' among them: binary values are not asked for.
            default -> throw new DecodeException("Unknown kind of value " + kind);
        };
    }

    /// A count of columns. Each takes one byte at least, which bounds what is made for them.
    private static int count(ByteBuffer buffer) {
        int count = Short.toUnsignedInt(buffer.getShort());
        if (count > buffer.remaining()) {
            throw new DecodeException("A row has more columns than bytes: " + count);
        }
        return count;
    }

    private static int length(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new DecodeException("A value is longer than its message: " + length);
        }
        return length;
    }

    private static String text(ByteBuffer buffer, int length) {
        int start = buffer.position();
        buffer.position(start + length);
        if (buffer.hasArray()) {
            return new String(
                    buffer.array(), buffer.arrayOffset() + start, length, StandardCharsets.UTF_8);
        }
        return StandardCharsets.UTF_8.decode(buffer.slice(start, length)).toString();
    }

    /// A text that ends with a zero byte.
    private static String text(ByteBuffer buffer) {
        int start = buffer.position();
        int end = start;
        while (end < buffer.limit() && buffer.get(end) != 0) {
            end++;
        }
        if (end == buffer.limit()) {
            throw new DecodeException("A name has no end");
        }
        String text = text(buffer, end - start);
        buffer.get();
        return text;
    }

    private static Lsn lsn(ByteBuffer buffer) {
        return new Lsn(buffer.getLong());
    }

    private static long oid(ByteBuffer buffer) {
        return Integer.toUnsignedLong(buffer.getInt());
    }

    private static void require(byte found, char expected) {
        if (found != expected) {
            throw new DecodeException("Expected " + expected + ", found " + found);
        }
    }
}
