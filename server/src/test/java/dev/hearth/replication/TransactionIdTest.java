package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

class TransactionIdTest {
    @Property
    void completesWhatIsNearTheReference(
            @ForAll @LongRange(min = 1L << 33, max = 1L << 60) long reference,
            @ForAll @IntRange(min = -(1 << 30), max = 1 << 30) int distance) {
        long full = reference + distance;
        assertThat(TransactionId.widen((int) full, new TransactionId(reference)))
                .isEqualTo(new TransactionId(full));
    }

    @Test
    void crossesTheEndOfAnEpochInBothWays() {
        assertThat(TransactionId.widen(3, new TransactionId(0xFFFF_FFFFL)).value())
                .isEqualTo(0x1_0000_0003L);
        assertThat(TransactionId.widen(-1, new TransactionId(0x1_0000_0003L)).value())
                .isEqualTo(0xFFFF_FFFFL);
    }
}
