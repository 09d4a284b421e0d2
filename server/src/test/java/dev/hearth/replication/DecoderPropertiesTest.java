package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

class DecoderPropertiesTest {
    private static final String TAGS = "BCRIUDTYOM";

    @Property
    void readsWhatWasWritten(@ForAll("messages") Message message) {
        assertThat(Decoder.decode(ByteBuffer.wrap(Encoder.encode(message)))).isEqualTo(message);
    }

    @Property
    void readsTheSameFromABufferOutsideOfTheHeap(@ForAll("messages") Message message) {
        byte[] bytes = Encoder.encode(message);
        var direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        assertThat(Decoder.decode(direct)).isEqualTo(message);
    }

    @Property
    void refusesEveryMessageThatIsCutShort(
            @ForAll("messages") Message message, @ForAll double where) {
        byte[] bytes = Encoder.encode(message);
        int length = (int) (Math.abs(where % 1) * bytes.length);
        var cut = ByteBuffer.wrap(Arrays.copyOf(bytes, length));
        assertThatThrownBy(() -> Decoder.decode(cut)).isInstanceOf(DecodeException.class);
    }

    @Property(tries = 5_000)
    void takesAnyBytesForAMessageOrRefusesThem(@ForAll byte[] bytes, @ForAll byte tag) {
        byte[] hostile = bytes.clone();
        if (hostile.length > 0) {
            hostile[0] = (byte) TAGS.charAt(Math.floorMod(tag, TAGS.length()));
        }
        readsOrRefuses(hostile);
    }

    @Property(tries = 5_000)
    void takesAMessageWithOneByteChangedOrRefusesIt(
            @ForAll("messages") Message message, @ForAll int where, @ForAll byte value) {
        byte[] bytes = Encoder.encode(message);
        bytes[Math.floorMod(where, bytes.length)] = value;
        readsOrRefuses(bytes);
    }

    private static void readsOrRefuses(byte[] bytes) {
        try {
            assertThat(Decoder.decode(ByteBuffer.wrap(bytes))).isNotNull();
        } catch (DecodeException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
    }

    @Provide
    Arbitrary<Message> messages() {
        return Arbitraries.oneOf(
                Combinators.combine(lsns(), times(), Arbitraries.integers()).as(Message.Begin::new),
                Combinators.combine(lsns(), lsns(), times()).as(Message.Commit::new),
                relations(),
                Combinators.combine(oids(), rows()).as(Message.Insert::new),
                Combinators.combine(oids(), anyOld(), rows()).as(Message.Update::new),
                Combinators.combine(oids(), oldRows()).as(Message.Delete::new),
                Combinators.combine(
                                oids().list().ofMaxSize(5),
                                Arbitraries.of(true, false),
                                Arbitraries.of(true, false))
                        .as(Message.Truncate::new),
                Combinators.combine(oids(), names(), names()).as(Message.Type::new),
                Combinators.combine(lsns(), names()).as(Message.Origin::new),
                Combinators.combine(Arbitraries.of(true, false), lsns(), names(), contents())
                        .as(Message.LogicalMessage::new));
    }

    private static Arbitrary<Message> relations() {
        Arbitrary<Column> columns =
                Combinators.combine(
                                names(),
                                oids(),
                                Arbitraries.integers(),
                                Arbitraries.of(true, false))
                        .as(Column::new);
        return Combinators.combine(
                        oids(),
                        names().filter(name -> !name.isEmpty()),
                        names(),
                        Arbitraries.of(ReplicaIdentity.class),
                        columns.list().ofMaxSize(8))
                .as(Relation::new);
    }

    private static Arbitrary<OldRow> anyOld() {
        return Arbitraries.oneOf(Arbitraries.just(OldRow.NONE), oldRows());
    }

    private static Arbitrary<OldRow> oldRows() {
        return Arbitraries.oneOf(rows().map(OldRow.Key::new), rows().map(OldRow.Full::new));
    }

    private static Arbitrary<Row> rows() {
        Arbitrary<Cell> cells =
                Arbitraries.oneOf(
                        Arbitraries.of(Cell.NULL, Cell.UNCHANGED),
                        Arbitraries.strings()
                                .ofMaxLength(20)
                                .map(DecoderPropertiesTest::valid)
                                .map(Cell.Text::new));
        return cells.list().ofMaxSize(10).map(Row::of);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings()
                .excludeChars('\0')
                .ofMaxLength(10)
                .map(DecoderPropertiesTest::valid);
    }

    /// Without halves of surrogate pairs, which UTF-8 has no bytes for.
    private static String valid(String text) {
        return text.replaceAll("[\\ud800-\\udfff]", "x");
    }

    private static Arbitrary<Bytes> contents() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(Bytes::of);
    }

    private static Arbitrary<Lsn> lsns() {
        return Arbitraries.longs().map(Lsn::new);
    }

    private static Arbitrary<Long> oids() {
        return Arbitraries.longs().between(0, 0xFFFF_FFFFL);
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(-1_000_000_000_000_000L, 10_000_000_000_000_000L)
                .map(Decoder::instant);
    }
}
