package dev.hearth.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToldTest {

    @Test
    void keepsItsValuesInTheOrderInWhichTheyWereGiven() {
        Told told = Told.warn("It happened").with("z", 1).with("a", 2).with("m", 3);

        assertThat(told.fields().keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void isAnotherWithEachValue() {
        Told told = Told.info("It happened");

        assertThat(told.with("a", 1)).isNotEqualTo(told);
        assertThat(told.fields()).isEmpty();
    }
}
