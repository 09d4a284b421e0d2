package dev.hearth.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.OptionalLong;

class WindowTest {

    private static Window rows(long offset, long limit) {
        return new Window(offset, OptionalLong.of(limit));
    }

    @Test
    void isReadFromAHeader() {
        assertThat(Window.ofHeader("0-9")).isEqualTo(rows(0, 10));
        assertThat(Window.ofHeader("10-")).isEqualTo(new Window(10, OptionalLong.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "items=0-9", "-5", "a-b", "1-2-3"})
    void isEverythingWhenTheHeaderIsNoRange(String text) {
        assertThat(Window.ofHeader(text)).isEqualTo(Window.ALL);
    }

    @Test
    void isInvalidWhenItEndsBeforeItStarts() {
        assertThat(Window.ofHeader("5-4").isValid()).isFalse();
        assertThat(Window.ofHeader("6-4").isValid()).isFalse();
        assertThat(rows(0, 0).isValid()).isTrue();
        assertThat(rows(0, -1).isValid()).isFalse();
    }

    @Test
    void meetsAnother() {
        assertThat(rows(0, 10).within(rows(5, 10))).isEqualTo(rows(5, 5));
        assertThat(Window.ALL.within(rows(2, 3))).isEqualTo(rows(2, 3));
        assertThat(new Window(4, OptionalLong.empty()).within(Window.ALL))
                .isEqualTo(new Window(4, OptionalLong.empty()));
        assertThat(rows(0, 2).within(rows(5, 2)).isValid()).isFalse();
        assertThat(rows(0, 5).within(rows(5, 2)).isValid()).isFalse();
    }

    @Test
    void survivesNumbersBeyondSixtyFourBits() {
        assertThat(Window.ofHeader("0-99999999999999999999").isValid()).isTrue();
        assertThat(Window.parameter("-99999999999999999999"))
                .isEqualTo(OptionalLong.of(Long.MIN_VALUE));
    }
}
