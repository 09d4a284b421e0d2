package dev.hearth.realtime.changes.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.realtime.changes.filter.Filter.Compare;
import dev.hearth.realtime.changes.filter.Filter.Comparison;
import dev.hearth.realtime.changes.filter.Filter.Distinct;
import dev.hearth.realtime.changes.filter.Filter.In;
import dev.hearth.realtime.changes.filter.Filter.Is;
import dev.hearth.realtime.changes.filter.Filter.Matches;
import dev.hearth.realtime.changes.filter.Filter.Pattern;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

import org.junit.jupiter.api.Test;

class FilterParserTest {

    private static void reads(String text, Filter... filters) {
        assertThat(FilterParser.parse(text)).containsExactly(filters);
    }

    private static void refuses(String text, String reason) {
        assertThatThrownBy(() -> FilterParser.parse(text))
                .isInstanceOf(FilterSyntaxException.class)
                .hasMessage("Error parsing `filter` params: " + reason);
    }

    @Test
    void readsEveryComparison() {
        for (Comparison comparison : Comparison.values()) {
            reads("id=" + comparison.word() + ".1", new Compare("id", comparison, "1", false));
        }
    }

    @Test
    void readsEveryPattern() {
        for (Pattern pattern : Pattern.values()) {
            reads("a=" + pattern.word() + ".x%*", new Matches("a", pattern, "x%*", false));
        }
    }

    @Test
    void readsTheOtherOperators() {
        reads("a=is.null", new Is("a", "null", false));
        reads("a=isdistinct.1", new Distinct("a", "1", false));
        reads("a=in.(hidee,ho)", new In("a", "{hidee,ho}", false));
    }

    @Test
    void readsNegation() {
        reads("subject=not.like.hey%", new Matches("subject", Pattern.LIKE, "hey%", true));
    }

    @Test
    void readsSeveralFilters() {
        reads(
                "id=gt.0, id=lt.100",
                new Compare("id", Comparison.GT, "0", false),
                new Compare("id", Comparison.LT, "100", false));
    }

    @Test
    void aBlankFilterIsNone() {
        reads("");
        reads("   ");
    }

    @Test
    void aCommaInParenthesesDoesNotSplit() {
        reads(
                "name=in.(a,\"b,c\",d),id=eq.1",
                new In("name", "{a,\"b,c\",d}", false),
                new Compare("id", Comparison.EQ, "1", false));
    }

    @Test
    void aCommaInQuotesDoesNotSplit() {
        reads("name=eq.\"a,b\"", new Compare("name", Comparison.EQ, "a,b", false));
        reads("name=eq.\"a\\\"b\"", new Compare("name", Comparison.EQ, "a\"b", false));
    }

    @Test
    void aQuoteInsideAValueIsAQuote() {
        reads("name=eq.5\"", new Compare("name", Comparison.EQ, "5\"", false));
        reads("name=eq.\"a\"b", new Compare("name", Comparison.EQ, "\"a\"b", false));
    }

    @Test
    void dotsAndEqualsBelongToTheValue() {
        reads("v=eq.1.5=x", new Compare("v", Comparison.EQ, "1.5=x", false));
    }

    @Test
    void refusesAnUnknownOperatorWithItsParts() {
        refuses("subject=foo.hey", "[\"foo\", \"hey\"]");
    }

    @Test
    void refusesTextWithoutEquals() {
        refuses("undefined", "[\"undefined\"]");
    }

    @Test
    void refusesTextWithoutOperator() {
        refuses("id=5", "[\"5\"]");
    }

    @Test
    void refusesAListWithoutParentheses() {
        refuses("id=in.1,2", "`in` filter value must be wrapped by parentheses");
    }

    @Test
    void refusesEmptySegments() {
        refuses(
                "id=eq.1,,id=eq.2",
                "filter must not contain empty segments (check for extra commas)");
        refuses("id=eq.1,", "filter must not contain empty segments (check for extra commas)");
    }

    @Property
    void everyQuotedValueComesBack(@ForAll @StringLength(max = 20) String value) {
        String quoted = '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        assertThat(FilterParser.parse("a=eq." + quoted))
                .singleElement()
                .isEqualTo(new Compare("a", Comparison.EQ, value, false));
    }

    @Property
    void anyTextIsReadOrRefusedByName(@ForAll @StringLength(max = 40) String text) {
        try {
            FilterParser.parse(text);
        } catch (FilterSyntaxException e) {
            assertThat(e.told()).startsWith("Error parsing `filter` params: ");
        }
    }
}
