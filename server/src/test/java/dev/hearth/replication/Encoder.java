package dev.hearth.replication;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Writes messages as PostgreSQL does, for tests of the decoder.
final class Encoder {
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private Encoder() {}

    static byte[] encode(Message message) {
        var encoder = new Encoder();
        try {
            encoder.write(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoder.bytes.toByteArray();
    }

    private void write(Message message) throws IOException {
        switch (message) {
            case Message.Begin(Lsn commit, Instant time, int xid) -> {
                out.writeByte('B');
                out.writeLong(commit.value());
                time(time);
                out.writeInt(xid);
            }
            case Message.Commit(Lsn commit, Lsn end, Instant time) -> {
                out.writeByte('C');
                out.writeByte(0);
                out.writeLong(commit.value());
                out.writeLong(end.value());
                time(time);
            }
            case Relation relation -> relation(relation);
            case Message.Insert(long oid, Row row) -> {
                out.writeByte('I');
                oid(oid);
                out.writeByte('N');
                row(row);
            }
            case Message.Update(long oid, OldRow old, Row row) -> {
                out.writeByte('U');
                oid(oid);
                old(old);
                out.writeByte('N');
                row(row);
            }
            case Message.Delete(long oid, OldRow old) -> {
                out.writeByte('D');
                oid(oid);
                old(old);
            }
            case Message.Truncate(List<Long> oids, boolean cascade, boolean restart) -> {
                out.writeByte('T');
                out.writeInt(oids.size());
                out.writeByte((cascade ? 1 : 0) | (restart ? 2 : 0));
                for (long oid : oids) {
                    oid(oid);
                }
            }
            case Message.Type(long oid, String schema, String name) -> {
                out.writeByte('Y');
                oid(oid);
                name(schema);
                name(name);
            }
            case Message.Origin(Lsn commit, String name) -> {
                out.writeByte('O');
                out.writeLong(commit.value());
                name(name);
            }
            case Message.LogicalMessage(boolean inside, Lsn lsn, String prefix, Bytes content) -> {
                out.writeByte('M');
                out.writeByte(inside ? 1 : 0);
                out.writeLong(lsn.value());
                name(prefix);
                out.writeInt(content.toArray().length);
                out.write(content.toArray());
            }
            case Message.Unknown(byte tag, Bytes content) -> {
                out.writeByte(tag);
                out.write(content.toArray());
            }
        }
    }

    private void relation(Relation relation) throws IOException {
        out.writeByte('R');
        oid(relation.oid());
        name(relation.schema());
        name(relation.name());
        out.writeByte(
                switch (relation.identity()) {
                    case DEFAULT -> 'd';
                    case NOTHING -> 'n';
                    case FULL -> 'f';
                    case INDEX -> 'i';
                });
        out.writeShort(relation.columns().size());
        for (Column column : relation.columns()) {
            out.writeByte(column.identity() ? 1 : 0);
            name(column.name());
            oid(column.typeOid());
            out.writeInt(column.typeModifier());
        }
    }

    private void old(OldRow old) throws IOException {
        switch (old) {
            case OldRow.None _ -> {}
            case OldRow.Key(Row row) -> {
                out.writeByte('K');
                row(row);
            }
            case OldRow.Full(Row row) -> {
                out.writeByte('O');
                row(row);
            }
        }
    }

    private void row(Row row) throws IOException {
        out.writeShort(row.size());
        for (Cell cell : row) {
            switch (cell) {
                case Cell.Null _ -> out.writeByte('n');
                case Cell.Unchanged _ -> out.writeByte('u');
                case Cell.Text(String value) -> {
                    byte[] text = value.getBytes(StandardCharsets.UTF_8);
                    out.writeByte('t');
                    out.writeInt(text.length);
                    out.write(text);
                }
            }
        }
    }

    private void time(Instant time) throws IOException {
        out.writeLong(ChronoUnit.MICROS.between(EPOCH, time));
    }

    private void oid(long oid) throws IOException {
        out.writeInt((int) oid);
    }

    private void name(String name) throws IOException {
        out.write(name.getBytes(StandardCharsets.UTF_8));
        out.writeByte(0);
    }
}
