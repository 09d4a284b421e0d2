package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hearth.client.internal.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Conditions on rows in the grammar of realtime's filters.
class RowFilterTest {

    private static final Json JSON = new Json(null);

    /// What `RealtimePostgresFilterBuilder` of realtime-js 2.119 gave for the same values.
    static Stream<Arguments> recorded() {
        return Stream.of(
                Arguments.of(RowFilter.eq("c", true), "c=eq.true"),
                Arguments.of(RowFilter.eq("c", false), "c=eq.false"),
                Arguments.of(RowFilter.eq("c", 7), "c=eq.7"),
                Arguments.of(RowFilter.eq("c", 1.5), "c=eq.1.5"),
                Arguments.of(RowFilter.eq("c", 1e7), "c=eq.10000000"),
                Arguments.of(RowFilter.eq("c", new BigDecimal("0.000001")), "c=eq.0.000001"),
                Arguments.of(RowFilter.eq("c", -0.0), "c=eq.0"),
                Arguments.of(RowFilter.eq("c", Double.NaN), "c=eq.NaN"),
                Arguments.of(RowFilter.eq("c", Double.NEGATIVE_INFINITY), "c=eq.-Infinity"),
                Arguments.of(
                        RowFilter.eq("c", new BigInteger("9223372036854775807")),
                        "c=eq.9223372036854775807"),
                Arguments.of(
                        RowFilter.eq("c", Instant.parse("2027-01-02T03:04:05.678Z")),
                        "c=eq.2027-01-02T03:04:05.678Z"),
                Arguments.of(RowFilter.eq("c", ""), "c=eq."),
                Arguments.of(RowFilter.neq("c", " a"), "c=neq.\" a\""),
                Arguments.of(RowFilter.gt("c", "a "), "c=gt.\"a \""),
                Arguments.of(RowFilter.gte("c", "\u00a0a"), "c=gte.\"\u00a0a\""),
                Arguments.of(RowFilter.lt("c", "\ufeffa"), "c=lt.\"\ufeffa\""),
                Arguments.of(RowFilter.lte("c", "\ta"), "c=lte.\"\ta\""),
                Arguments.of(RowFilter.eq("c", "a,b"), "c=eq.\"a,b\""),
                Arguments.of(RowFilter.eq("c", "(a)"), "c=eq.\"(a)\""),
                Arguments.of(RowFilter.eq("c", "\"a\""), "c=eq.\"\\\"a\\\"\""),
                Arguments.of(RowFilter.eq("c", "a\\b"), "c=eq.\"a\\\\b\""),
                Arguments.of(RowFilter.eq("c", "null"), "c=eq.null"),
                Arguments.of(RowFilter.eq("c", "{a,b}"), "c=eq.\"{a,b}\""),
                Arguments.of(RowFilter.eq("c", "a=b"), "c=eq.a=b"),
                Arguments.of(RowFilter.eq("c", "a\nb"), "c=eq.a\nb"),
                Arguments.of(RowFilter.eq("c", "日本 😀"), "c=eq.日本 😀"),
                Arguments.of(RowFilter.like("c", "a%_"), "c=like.a%_"),
                Arguments.of(RowFilter.ilike("c", "a*"), "c=ilike.a*"),
                Arguments.of(RowFilter.match("c", "^(a)"), "c=match.\"^(a)\""),
                Arguments.of(RowFilter.imatch("c", "a.b"), "c=imatch.a.b"),
                Arguments.of(RowFilter.is("c", null), "c=is.null"),
                Arguments.of(RowFilter.is("c", true), "c=is.true"),
                Arguments.of(RowFilter.isDistinct("c", 7), "c=isdistinct.7"),
                Arguments.of(RowFilter.in("c", List.of("a", "b,c", "a")), "c=in.(a,\"b,c\")"),
                Arguments.of(RowFilter.in("c", List.of(" a", "b c")), "c=in.(\" a\",b c)"),
                Arguments.of(RowFilter.not(RowFilter.is("c", null)), "c=not.is.null"),
                Arguments.of(RowFilter.not(RowFilter.eq("c", 7)), "c=not.eq.7"),
                Arguments.of(RowFilter.not(RowFilter.in("c", List.of(1))), "c=not.in.(1)"));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void isWrittenAsRealtimeJsWritesIt(RowFilter condition, String text) {
        assertThat(condition.text(JSON)).isEqualTo(text);
    }

    @Test
    void keepsTextsOfAListFromBecomingNullsAndArrays() {
        assertThat(RowFilter.in("c", List.of("null", "Null", "", "{a}", "}")).text(JSON))
                .isEqualTo("c=in.(\"null\",\"Null\",\"\",\"{a}\",\"}\")");
    }

    @Test
    void knowsThatNullIsAValueLikeOthers() {
        assertThat(RowFilter.isDistinct("c", null).text(JSON)).isEqualTo("c=not.is.null");
        assertThat(RowFilter.not(RowFilter.isDistinct("c", null)).text(JSON))
                .isEqualTo("c=is.null");
    }

    @Test
    void isItselfWhenTwiceTurnedRound() {
        assertThat(RowFilter.not(RowFilter.not(RowFilter.eq("c", 1))).text(JSON))
                .isEqualTo("c=eq.1");
    }

    @Test
    void refusesAListOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> RowFilter.in("a", List.of()));
    }

    @Test
    void refusesNullInAList() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowFilter.in("a", Arrays.asList(1, null)))
                .withMessageContaining("is(a, null)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a=b", "a,b", " a", "a "})
    void refusesAColumnThatTheGrammarCannotName(String column) {
        assertThatIllegalArgumentException().isThrownBy(() -> RowFilter.eq(column, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> RowFilter.is(column, null));
    }

    @Test
    void showsNoValue() {
        assertThat(RowFilter.not(RowFilter.eq("token", "secret")))
                .hasToString("RowFilter[token not eq]");
    }

    @Test
    void joinsConditionsWithCommas() {
        assertThat(
                        ChangeFilter.ANY
                                .schema("app")
                                .table("t")
                                .filter(RowFilter.gte("a", 1), RowFilter.lt("b", 2))
                                .binding(PostgresEvent.ALL, JSON))
                .isEqualTo(
                        "{\"event\":\"*\",\"schema\":\"app\",\"table\":\"t\",\"filter\":\"a=gte.1,b=lt.2\"}");
    }

    /// Supabase's server knows a filter only with a schema and a table.
    @Test
    void saysTheSchemaOfATableWhoseRowsAreFiltered() {
        ChangeFilter notes = ChangeFilter.ANY.table("notes");
        assertThat(notes.filter("id=eq.1").binding(PostgresEvent.ALL, JSON))
                .isEqualTo(
                        "{\"event\":\"*\",\"schema\":\"public\",\"table\":\"notes\",\"filter\":\"id=eq.1\"}");
        assertThat(notes.binding(PostgresEvent.ALL, JSON))
                .isEqualTo("{\"event\":\"*\",\"table\":\"notes\"}");
    }
}
