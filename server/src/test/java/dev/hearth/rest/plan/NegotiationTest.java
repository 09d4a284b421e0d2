package dev.hearth.rest.plan;

import static dev.hearth.rest.plan.Library.read;
import static dev.hearth.rest.plan.Library.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.problem.Problem;
import dev.hearth.rest.plan.Format.Body;
import dev.hearth.rest.request.MediaType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How what is read is written, and what may be asked for besides.
class NegotiationTest {

    @ParameterizedTest
    @CsvSource({
        "*/*, application/json",
        "application/json, application/json",
        "'text/unknown, text/csv', text/csv",
        "application/vnd.pgrst.array+json, application/json",
        "'application/json;q=0.5, text/csv', text/csv",
    })
    void takesTheFirstMediaTypeThatSomethingMakes(String accepted, String made) {
        assertThat(read("authors", "", "Accept: " + accepted).format().mediaType().text())
                .isEqualTo(made);
    }

    @Test
    void usesAHandlerOfTheRelationForWholeRowsOnly() {
        assertThat(
                        new Negotiation(Library.CATALOG, false)
                                .format(
                                        List.of(new MediaType.Other("text/html")),
                                        Optional.of(Library.name("books")),
                                        read("authors", "").rows())
                                .body())
                .isInstanceOf(Body.Custom.class);
        assertThat(refusal("books", "select=id", "Accept: text/html").code()).isEqualTo("PGRST107");
    }

    @Test
    void usesAHandlerOfAnyRows() {
        assertThat(read("authors", "select=id", "Accept: text/xml").format().body())
                .isInstanceOf(Body.Custom.class);
    }

    @Test
    void refusesMediaTypesThatNothingMakes() {
        Problem problem = refusal("authors", "", "Accept: image/png, text/plain");
        assertThat(problem.status()).isEqualTo(406);
        assertThat(problem.message())
                .isEqualTo("None of these media types are available: image/png, text/plain");
    }

    @Test
    void explainsOnlyWhereThatIsAllowed() {
        String plan = "Accept: application/vnd.pgrst.plan+json";
        var rules = new PlanRules(OptionalLong.empty(), true, true, true);
        assertThat(refusal("authors", "", plan).code()).isEqualTo("PGRST107");
        assertThat(
                        ((Plan.Read) Library.plan(rules, "GET", "/authors", "", "", plan))
                                .format()
                                .mediaType())
                .isInstanceOf(MediaType.Plan.class);
    }

    @Test
    void refusesUnknownPreferencesUnderStrictHandling() {
        Problem problem = refusal("authors", "", "Prefer: handling=strict, anything, more=1");
        assertThat(problem.code()).isEqualTo("PGRST122");
        assertThat(problem.details()).contains("Invalid preferences: anything, more=1");
    }
}
