package dev.hearth.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.request.MediaType.Known;
import dev.hearth.rest.request.MediaType.Other;
import dev.hearth.rest.request.MediaType.Plan;
import dev.hearth.rest.request.MediaType.Plan.Format;
import dev.hearth.rest.request.MediaType.Plan.Option;
import dev.hearth.rest.request.MediaType.SingularJson;
import dev.hearth.rest.request.MediaType.StrippedArray;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

class MediaTypeTest {

    @ParameterizedTest
    @EnumSource(Known.class)
    void isKnownInAnyCaseAndWithAnyParameter(Known known) {
        assertThat(MediaTypes.of(known.text().toUpperCase(Locale.ROOT) + "; charset=utf-8"))
                .isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.pgrst.object+json",
                "ApplicatIon/vnd.PgRsT.object+json",
                "application/vnd.pgrst.object"
            })
    void asksForOneRow(String text) {
        assertThat(MediaTypes.of(text)).isEqualTo(new SingularJson(false));
        assertThat(MediaTypes.of(text + "; nulls=stripped")).isEqualTo(new SingularJson(true));
    }

    @Test
    void asksForRowsWithoutNulls() {
        assertThat(MediaTypes.of("application/vnd.pgrst.array+json;nulls=stripped"))
                .isEqualTo(new StrippedArray());
        assertThat(MediaTypes.of("application/vnd.pgrst.array+json")).isEqualTo(Known.JSON);
    }

    @Test
    void asksForAPlan() {
        assertThat(MediaTypes.of("application/vnd.pgrst.plan;"))
                .isEqualTo(new Plan(Known.JSON, Format.TEXT, Set.of()));
        assertThat(
                        MediaTypes.of(
                                "application/vnd.pgrst.plan+json ; for=\"text/csv\" ;"
                                        + " options=analyze|wal|nothing"))
                .isEqualTo(new Plan(Known.CSV, Format.JSON, Set.of(Option.ANALYZE, Option.WAL)));
    }

    @Test
    void writesAPlanWithItsOptionsInOrder() {
        assertThat(
                        new Plan(Known.JSON, Format.TEXT, Set.of(Option.VERBOSE, Option.ANALYZE))
                                .contentType())
                .isEqualTo(
                        "application/vnd.pgrst.plan+text; for=\"application/json\";"
                                + " options=analyze|verbose; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/vnd.twkb", "nonsense", "", "text/html; level=1"})
    void isLeftAsItIsWhenItIsUnknown(String text) {
        assertThat(MediaTypes.of(text)).isEqualTo(new Other(text));
        assertThat(MediaTypes.of(text).contentType()).isEqualTo(text);
    }

    @Test
    void isWantedInTheOrderOfTheWeights() {
        assertThat(
                        MediaTypes.accepted(
                                Optional.of(
                                        "text/csv; q=0.5, */*;q=0.1,application/json, text/xml")))
                .isEqualTo(List.of(Known.JSON, Known.XML, Known.CSV, Known.ANY));
    }

    @Test
    void isWantedMoreTheMoreParticularItIs() {
        assertThat(
                        MediaTypes.accepted(
                                Optional.of(
                                        "*/*, application/vnd.pgrst.object+json;nulls=stripped,"
                                                + " text/csv")))
                .isEqualTo(List.of(new SingularJson(true), Known.CSV, Known.ANY));
    }

    @Test
    void isAnythingWithoutAHeader() {
        assertThat(MediaTypes.accepted(Optional.empty())).containsExactly(Known.ANY);
    }
}
