package dev.hearth.rest.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class SuggestionsTest {

    private static final Suggestions TABLES =
            Suggestions.of(
                    List.of(
                            "projects",
                            "clients",
                            "projects_view",
                            "people",
                            "Größen",
                            "car_models"));

    @ParameterizedTest
    @CsvSource({
        "projectx, projects",
        "projecxx, projects",
        "PROJECT, projects",
        "client, clients",
        "GRÖßE, Größen",
        "car_model, car_models"
    })
    void findsWhatIsMeant(String text, String meant) {
        assertThat(TABLES.closest(text, 0.75)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"projxxxx", "", "x", "--", "nothing like it", "jects"})
    void findsNothingThatIsNotLikeEnough(String text) {
        assertThat(TABLES.closest(text, 0.75)).isEmpty();
    }

    @Test
    void findsANameItselfInAnyCase() {
        assertThat(TABLES.closest("PEOPLE", 1)).contains("people");
        assertThat(TABLES.contains("PEOPLE")).isTrue();
    }

    @Test
    void fallsBackToShorterGrams() {
        assertThat(Suggestions.of(List.of("ab")).closest("axb", 0.33)).contains("ab");
    }

    @Test
    void theMostLikeWins() {
        var functions =
                Suggestions.of(
                        List.of(
                                "unnamed_json_param",
                                "unnamed_jsonb_param",
                                "unnamed_xml_param",
                                "unnamed_text_param",
                                "unnamed_bytea_param"));
        assertThat(functions.closest("unnamed_int_param", 0.75)).contains("unnamed_text_param");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "(nam) | (name)",
                "(a, b, wrong_arg) | (a, b, c)",
                "(wrong_arg) | -",
                "(nam, pqaram, vall) | (name, param, val)",
                "(param, val) | (name, param, val)",
                "(attrs, id) | (attr, id)",
                "(noclosealternative) | -"
            })
    void argumentsAreComparedAsOneText(String given, String meant) {
        var lists =
                Suggestions.of(
                        List.of(
                                "()",
                                "(a, b)",
                                "(a, b, c)",
                                "(name)",
                                "(name, param, val)",
                                "(attr, id)"));
        assertThat(lists.closest(given, 0.33).orElse(null)).isEqualTo(meant);
    }

    @Test
    void nothingIsLikeNothing() {
        assertThat(Suggestions.of(List.of()).closest("a", 0)).isEmpty();
    }
}
