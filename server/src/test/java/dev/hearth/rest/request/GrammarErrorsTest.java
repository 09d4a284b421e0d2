package dev.hearth.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.request.Parsed.Failed;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/// Where a text leaves the grammar, and the words for it: as PostgREST tells it.
class GrammarErrorsTest {

    static Stream<Arguments> errors() {
        return Stream.of(
                refused(
                        SelectGrammar.ITEMS,
                        "id,clients(name[])",
                        16,
                        "unexpected '[' expecting letter, digit, \"-\", \"->>\", \"->\", \"::\","
                                + " \".\", \")\", \",\" or end of input"),
                refused(
                        SelectGrammar.ITEMS,
                        "data->>-78xy",
                        11,
                        "unexpected 'x' expecting digit, \"->\", \"::\", \".\", \",\" or end of"
                                + " input"),
                refused(
                        SelectGrammar.ITEMS,
                        "name!hint",
                        5,
                        "unexpected '!' expecting letter, digit, \"-\", \"->>\", \"->\", \"::\","
                                + " \".\", \")\", \",\" or end of input"),
                refused(
                        SelectGrammar.PLAIN,
                        "*!hint",
                        2,
                        "unexpected '!' expecting \")\", \",\" or end of input"),
                refused(
                        SelectGrammar.ITEMS,
                        "name::",
                        7,
                        "unexpected end of input expecting letter or digit"),
                refused(SelectGrammar.ITEMS, "data->>--34", 9, "unexpected \"-\" expecting digit"),
                refused(
                        SelectGrammar.ITEMS,
                        "data->(x)",
                        7,
                        "unexpected \"(\" expecting \"-\", digit or any non reserved character"
                                + " different from: .,>()"),
                refused(
                        NameGrammar.NAME,
                        ":",
                        1,
                        "unexpected \":\" expecting field name (* or [a..z0..9_$])"),
                refused(
                        NameGrammar.JSON_PATH,
                        "->>-78xy",
                        7,
                        "unexpected 'x' expecting digit, \"->\", \"::\", \".\", \",\" or end of"
                                + " input"),
                refused(NameGrammar.JSON_PATH, "->>--34", 5, "unexpected \"-\" expecting digit"),
                refused(NameGrammar.JSON_PATH, "->>-xy-4", 5, "unexpected \"x\" expecting digit"),
                refused(
                        FilterGrammar.OPERATION,
                        "noop.0",
                        1,
                        "unexpected \"o\" expecting \"not\" or operator (eq, gt, ...)"),
                refused(
                        FilterGrammar.OPERATION,
                        "0",
                        1,
                        "unexpected \"0\" expecting \"not\" or operator (eq, gt, ...)"),
                refused(
                        FilterGrammar.OPERATION,
                        "fts().value",
                        5,
                        "unexpected \")\" expecting operator (eq, gt, ...)"),
                refused(
                        FilterGrammar.OPERATION,
                        "eq().value",
                        4,
                        "unexpected \")\" expecting operator (eq, gt, ...)"),
                refused(
                        FilterGrammar.OPERATION,
                        "is().value",
                        3,
                        "unexpected \"(\" expecting operator (eq, gt, ...)"),
                refused(
                        FilterGrammar.OPERATION,
                        "in().value",
                        3,
                        "unexpected \"(\" expecting operator (eq, gt, ...)"),
                refused(
                        OrderGrammar.TERMS,
                        "clients(name,id)",
                        8,
                        "unexpected '(' expecting letter, digit, \"-\", \"->>\", \"->\", delimiter"
                                + " (.), \",\" or end of input"),
                refused(
                        OrderGrammar.TERMS,
                        "id.ac",
                        4,
                        "unexpected \"c\" expecting \"asc\", \"desc\", \"nullsfirst\" or"
                                + " \"nullslast\""),
                refused(
                        OrderGrammar.TERMS,
                        "id.descc",
                        8,
                        "unexpected 'c' expecting delimiter (.), \",\" or end of input"),
                refused(
                        OrderGrammar.TERMS,
                        "id.nulsfist",
                        4,
                        "unexpected \"n\" expecting \"asc\", \"desc\", \"nullsfirst\" or"
                                + " \"nullslast\""),
                refused(
                        OrderGrammar.TERMS,
                        "id.nullslasttt",
                        13,
                        "unexpected 't' expecting \",\" or end of input"),
                refused(
                        OrderGrammar.TERMS,
                        "id.asc.nlsfst",
                        8,
                        "unexpected \"l\" expecting \"nullsfirst\" or \"nullslast\""),
                refused(
                        OrderGrammar.TERMS,
                        "id.asc.nullslasttt",
                        17,
                        "unexpected 't' expecting \",\" or end of input"),
                refused(
                        FilterGrammar.CONDITION,
                        "or()",
                        4,
                        "unexpected \")\" expecting field name (* or [a..z0..9_$]), negation"
                                + " operator (not) or logic operator (and, or)"),
                refused(
                        FilterGrammar.CONDITION,
                        "or(id.in.1,2,id.eq.3)",
                        10,
                        "unexpected \"1\" expecting \"(\""),
                refused(FilterGrammar.CONDITION, "or)(", 3, "unexpected \")\" expecting \"(\""),
                refused(
                        FilterGrammar.CONDITION,
                        "and(ord(id.eq.1,id.eq.1),id.eq.2)",
                        7,
                        "unexpected \"d\" expecting \"(\""),
                refused(
                        FilterGrammar.CONDITION,
                        "or(id.eq.1,not.xor(id.eq.2,id.eq.3))",
                        16,
                        "unexpected \"x\" expecting logic operator (and, or)"),
                refused(
                        NameGrammar.NAMES,
                        "",
                        1,
                        "unexpected end of input expecting field name (* or [a..z0..9_$])"));
    }

    private static Arguments refused(Parser<?> rule, String text, int column, String details) {
        return Arguments.of(rule, text, column, details);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("errors")
    void areToldAsUpstreamTellsThem(Parser<?> rule, String text, int column, String details) {
        assertThat(rule.parse(text, 0))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> {
                            assertThat(failed.error().describe()).isEqualTo(details);
                            assertThat(ParseError.place(text, failed.error().at()))
                                    .isEqualTo("(line 1, column %d)".formatted(column));
                        });
    }
}
