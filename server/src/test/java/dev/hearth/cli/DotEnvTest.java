package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.problem.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class DotEnvTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A=one                     | one",
                "A = two words  # comment  | two words",
                "A=ab#cd                   | ab#cd",
                "export A=shell            | shell",
                "A=                        | ``",
                "A=# nothing               | ``",
                "A='single $x \\n'         | single $x \\n",
                "A=\"double # kept\"       | double # kept",
                "A=\"say \\\"hi\\\" \\\\\" | say \"hi\" \\",
                "A='quoted' # comment      | quoted",
                "A=it's                    | it's",
                "A=x=y=z                   | x=y=z",
                "A=[{\"kty\":\"EC\"}]      | [{\"kty\":\"EC\"}]",
            })
    void readsOneValue(String line, String value) {
        assertThat(DotEnv.parse(line)).containsExactly(Map.entry("A", value));
    }

    @Test
    void readsValuesOfSeveralLines() {
        var values = DotEnv.parse("A=\"one\ntwo\"\nB='three\n\nfour'\nC=\"five\\nsix\"\n");

        assertThat(values)
                .containsEntry("A", "one\ntwo")
                .containsEntry("B", "three\n\nfour")
                .containsEntry("C", "five\nsix");
    }

    @Test
    void passesOverCommentsAndEmptyLines() {
        assertThat(DotEnv.parse("# A=1\n\n   \r\n  # B=2\nC=3\r\n")).isEqualTo(Map.of("C", "3"));
    }

    @Test
    void takesTheLastOfTwo() {
        assertThat(DotEnv.parse("A=1\nA=2")).isEqualTo(Map.of("A", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no equals sign", "A B=1", "=1", "A='open", "A=\"open\\\"", "A='x' y"})
    void refusesALineByItsNumberWithoutItsValue(String line) {
        assertThatThrownBy(() -> DotEnv.parse("FIRST=1\n" + line))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Line 2")
                .hasMessageNotContaining("open");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "it's \"both\" \\ $x # y",
                "two\nlines",
                "two\nlines' \\n",
                "[{}]"
            })
    void readsBackWhatItWrites(String value) {
        assertThat(DotEnv.parse(DotEnv.line("A", value))).isEqualTo(Map.of("A", value));
    }
}
