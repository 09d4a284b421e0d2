package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/// Frames as a server sent them, in hexadecimal, with a space between their fields.
class DecoderTest {
    @Test
    void readsABegin() {
        assertThat(decode("42 00000000016b3748 00000000000f4240 000002e9"))
                .isEqualTo(
                        new Message.Begin(
                                new Lsn(0x16B3748), Instant.parse("2000-01-01T00:00:01Z"), 745));
    }

    @Test
    void readsATimeBefore2000() {
        assertThat(Decoder.instant(-1)).isEqualTo(Instant.parse("1999-12-31T23:59:59.999999Z"));
    }

    @Test
    void readsACommit() {
        assertThat(decode("43 00 00000000016b3748 00000000016b3778 0000000000000000"))
                .isEqualTo(
                        new Message.Commit(
                                new Lsn(0x16B3748),
                                new Lsn(0x16B3778),
                                Instant.parse("2000-01-01T00:00:00Z")));
    }

    @Test
    void readsARelationWithAnOidAboveTheSignedRange() {
        assertThat(decode("52 ffffffff 7000 7400 64 0001 01 696400 00000017 ffffffff"))
                .isEqualTo(
                        new Relation(
                                4_294_967_295L,
                                "p",
                                "t",
                                ReplicaIdentity.DEFAULT,
                                List.of(new Column("id", 23, -1, true))));
    }

    @Test
    void namesTheSchemaThatTheProtocolLeavesEmpty() {
        assertThat(decode("52 00000001 00 7400 6e 0000"))
                .isInstanceOfSatisfying(
                        Relation.class,
                        relation -> assertThat(relation.schema()).isEqualTo("pg_catalog"));
    }

    @Test
    void tellsAnUnchangedValueFromANull() {
        assertThat(decode("49 00000001 4e 0003 74 00000002 c3a4 6e 75"))
                .isEqualTo(
                        new Message.Insert(
                                1, Row.of(List.of(new Cell.Text("ä"), Cell.NULL, Cell.UNCHANGED))));
    }

    @Test
    void keepsWhatKindOfOldRowAnUpdateHas() {
        assertThat(decode("55 00000001 4b 0001 6e 4e 0001 6e"))
                .isEqualTo(
                        new Message.Update(
                                1,
                                new OldRow.Key(Row.of(List.of(Cell.NULL))),
                                Row.of(List.of(Cell.NULL))));
    }

    @Test
    void keepsATagThatItDoesNotKnow() {
        assertThat(decode("7a 0102"))
                .isEqualTo(new Message.Unknown((byte) 'z', Bytes.of((byte) 1, (byte) 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "42 00", // ends within a field
                "49 00000001 4f 0000", // an INSERT with an old row
                "49 00000001 4e 0001 62 00000001 00", // a binary value
                "49 00000001 4e ffff 6e", // more columns than bytes
                "49 00000001 4e 0001 74 7fffffff 00", // a value longer than the message
                "49 00000001 4e 0001 74 ffffffff 00", // a negative length
                "44 00000001 4e 0000", // a DELETE with a new row
                "54 7fffffff 00 00000001", // more tables than bytes
                "54 ffffffff 00", // a negative count
                "52 00000001 70", // a name without an end
                "52 00000001 7000 7400 78 0000", // an unknown identity
                "43 00 00000000016b3748 00000000016b3778 0000000000000000 00" // goes on
            })
    void refusesWhatIsNotAMessage(String hex) {
        assertThatThrownBy(() -> decode(hex)).isInstanceOf(DecodeException.class);
    }

    private static Message decode(String hex) {
        return Decoder.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }
}
