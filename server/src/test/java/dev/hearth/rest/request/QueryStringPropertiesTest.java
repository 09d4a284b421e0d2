package dev.hearth.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.problem.Refusal;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// What holds for every query string.
class QueryStringPropertiesTest {

    @Property(tries = 2_000)
    void isReadOrRefusedButNeverBreaksTheReader(@ForAll("queries") String query) {
        try {
            QueryParameters.of(QueryString.of(query));
            QueryParameters.ofCall(QueryString.of(query));
        } catch (Refusal refusal) {
            assertThat(refusal.problem().status()).isEqualTo(400);
        }
    }

    @Property
    void carriesAnyValueUnchanged(@ForAll String value) {
        String sent = value.replace("\0", "").replaceAll("[\\ud800-\\udfff]", "");
        String query = "a=eq." + URLEncoder.encode(sent, StandardCharsets.UTF_8);

        assertThat(QueryParameters.of(QueryString.of(query)).conditions().getFirst().value())
                .hasToString(
                        "Filter[field=Field[name=a, path=[]], negated=false,"
                                + " operation=Quantified[operator=EQ, quantifier=Optional.empty,"
                                + " value=%s]]".formatted(sent));
    }

    /// Pieces of the grammar in any order.
    @Provide
    Arbitrary<String> queries() {
        return Arbitraries.of(
                        "select=",
                        "or=(",
                        "not.and=(",
                        "order=",
                        "a=",
                        "a.b=",
                        "limit=",
                        "&",
                        ",",
                        "(",
                        ")",
                        "!",
                        "inner",
                        "eq.",
                        "in.(",
                        "is.null",
                        "not.",
                        "like(any).",
                        "{",
                        "}",
                        "\"",
                        "\\",
                        "->",
                        "->>",
                        "-1",
                        "::",
                        "int",
                        ".sum()",
                        "...",
                        "count()",
                        ":",
                        ".desc",
                        ".nullsfirst",
                        "x",
                        "é",
                        "%",
                        "%FF",
                        "+",
                        "*")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }
}
