package dev.hearth.rest.plan;

import static dev.hearth.rest.plan.Library.refusal;
import static dev.hearth.rest.plan.Library.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.problem.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

/// What a change does.
class WritePlansTest {

    @Test
    void insertsTheColumnsOfTheBody() {
        Mutation.Insert insert =
                (Mutation.Insert) write("POST", "", "{\"title\":\"x\",\"price\":\"CHF 1\"}");
        assertThat(insert.columns())
                .containsExactly(
                        new Mutation.BodyColumn(
                                "price", "json", Optional.of("ours.json_money"), Optional.empty()),
                        new Mutation.BodyColumn(
                                "title", "text", Optional.empty(), Optional.empty()));
        assertThat(insert.returning()).isEmpty();
        assertThat(insert.conflict()).isEmpty();
    }

    @Test
    void refusesAColumnThatIsNotThere() {
        Problem problem = refusal(() -> write("POST", "", "{\"titel\":\"x\"}"));
        assertThat(problem.code()).isEqualTo("PGRST204");
        assertThat(problem.message())
                .isEqualTo("Could not find the 'titel' column of 'books' in the schema cache");
    }

    @Test
    void returnsWhatTheAnswerItsEmbedsAndTheAddressNeed() {
        Mutation insert =
                write(
                        "POST",
                        "select=title,author_id(name)",
                        "{}",
                        "Prefer: return=representation");
        assertThat(insert.returning()).containsExactly("author_id", "id", "title");
    }

    @Test
    void upsertsByTheKeyUnlessToldOtherwise() {
        String merge = "Prefer: resolution=merge-duplicates";
        assertThat(((Mutation.Insert) write("POST", "", "{\"id\":1}", merge)).conflict())
                .contains(new Mutation.Conflict(true, List.of("id")));
        assertThat(
                        ((Mutation.Insert) write("POST", "on_conflict=title", "{\"id\":1}", merge))
                                .conflict())
                .contains(new Mutation.Conflict(true, List.of("title")));
    }

    @Test
    void changesOnlyByTheFiltersOfTheRoot() {
        Mutation.Update update =
                (Mutation.Update)
                        write(
                                "PATCH",
                                "id=eq.1&select=*,loans(*)&loans.book_id=eq.2&loans.or=(book_id.eq.3)",
                                "{\"title\":\"x\"}");
        assertThat(update.where()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"PATCH, UPDATE", "DELETE, DELETE"})
    void refusesToChangeEveryRow(String method, String verb) {
        Problem problem = refusal(() -> write(method, "", "{\"title\":\"x\"}"));
        assertThat(problem.code()).isEqualTo("21000");
        assertThat(problem.message()).isEqualTo(verb + " requires a WHERE clause");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "title=eq.x",
                "id=gt.1",
                "id=not.eq.1",
                "id=eq(any).{1}",
                "id=eq.1&title=eq.x",
                "id=eq.1&or=(id.eq.1)"
            })
    void putsOnlyByTheWholeKey(String query) {
        Problem problem = refusal(() -> write("PUT", query, "{\"id\":1}"));
        assertThat(problem.status()).isEqualTo(405);
        assertThat(problem.code()).isEqualTo("PGRST105");
    }
}
