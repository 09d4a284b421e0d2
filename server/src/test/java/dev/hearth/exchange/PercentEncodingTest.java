package dev.hearth.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class PercentEncodingTest {

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "a%20b, a b",
        "caf%C3%a9, café",
        "a+b, a+b",
        "%, %",
        "%4, %4",
        "%zz%41, %zzA",
        "100%25%, 100%%",
        "é%41, éA"
    })
    void aPercentSignThatEscapesNothingStandsForItself(String sent, String meant) {
        assertThat(PercentEncoding.decode(sent)).asString(StandardCharsets.UTF_8).isEqualTo(meant);
    }

    @Test
    void givesBytesThatAreNoUtf8() {
        assertThat(PercentEncoding.decode("%ff%00")).containsExactly(0xFF, 0);
    }

    @Property
    void whatIsEncodedIsDecodedTheSame(@ForAll String text) {
        String sent = text.replaceAll("[\\ud800-\\udfff]", "");

        assertThat(PercentEncoding.decode(PercentEncoding.encode(sent)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(sent);
    }
}
