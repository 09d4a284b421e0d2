package dev.hearth.client.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is no plain value: lists, objects, and what the codec makes of them.
class PostgresTextTest {

    private static final Json JSON = new Json(null);

    /// A class with a getter, as programs had before records.
    @SuppressWarnings("ClassCanBeRecord")
    private static final class Bean {
        private final String name;

        Bean(String name) {
            this.name = name;
        }

        @SuppressWarnings("unused") // By the codec.
        public String getName() {
            return name;
        }
    }

    @Test
    void aListOfObjectsOfAnySortIsJson() {
        assertThat(text(List.of(new Bean("x")))).isEqualTo("[{\"name\":\"x\"}]");
        assertThat(text(List.of(Map.of("a", 1)))).isEqualTo("[{\"a\":1}]");
        assertThat(text(Arrays.asList(null, JSON.tree(Map.of("a", 1)))))
                .isEqualTo("[null,{\"a\":1}]");
    }

    @Test
    void aListOfListsOfObjectsIsJson() {
        assertThat(text(List.of(List.of(Map.of("a", 1))))).isEqualTo("[[{\"a\":1}]]");
        assertThat(text(new Object[] {new Object[] {new Bean("x")}}))
                .isEqualTo("[[{\"name\":\"x\"}]]");
    }

    @Test
    void aListOfAnythingElseIsAnArray() {
        assertThat(text(List.of())).isEqualTo("{}");
        assertThat(text(Arrays.asList(1L, null, "null", new byte[] {1})))
                .isEqualTo("{1,NULL,\"null\",\"\\\\x01\"}");
        assertThat(text(List.of(Optional.of("a b"), true))).isEqualTo("{\"a b\",true}");
    }

    @Test
    void bytesInTheProgramsOwnJsonHaveNoQuotes() {
        var tree = new Json(new JsonMapper()).tree(Map.of("b", new byte[] {1}));

        assertThat(PostgresText.of(tree.path("b"))).isEqualTo("AQ==");
    }

    @Test
    void nothingIsNoText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text(Optional.empty()))
                .withMessageContaining("java.util.Optional");
    }

    @Test
    void whatIsNoListHasNoElements() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresText.elements(5))
                .withMessageContaining("java.lang.Integer is no collection");
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a\t", "\u0085a", "a\u00a0", "\ufeffa", "\u2028a", "a;b"})
    void blanksAtAnEndAndSpecialCharactersNeedQuotes(String text) {
        assertThat(PostgresText.needsQuotes(text, ";")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a b", "a,b"})
    void otherTextsNeedNone(String text) {
        assertThat(PostgresText.needsQuotes(text, ";")).isFalse();
    }

    private static String text(@Nullable Object value) {
        return PostgresText.of(java.util.Objects.requireNonNull(value), JSON);
    }
}
