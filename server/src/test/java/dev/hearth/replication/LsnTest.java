package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {
    @Test
    void isWrittenAsPostgresWritesIt() {
        assertThat(new Lsn(0x16B3748)).hasToString("0/16B3748");
        assertThat(new Lsn(0xFFL << 32 | 0xA)).hasToString("FF/A");
    }

    @Property
    void readsWhatItWrites(@ForAll long value) {
        assertThat(Lsn.parse(new Lsn(value).toString())).isEqualTo(new Lsn(value));
    }

    @Test
    void isOrderedWithoutASign() {
        assertThat(new Lsn(-1)).isGreaterThan(new Lsn(1));
        assertThat(new Lsn(1).orLater(new Lsn(-1))).isEqualTo(new Lsn(-1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "0/", "/0", "0/G", "-1/0", "0/123456789", "00000000000"})
    void rejectsWhatIsNoPosition(String text) {
        assertThatThrownBy(() -> Lsn.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0/16B3748");
    }
}
