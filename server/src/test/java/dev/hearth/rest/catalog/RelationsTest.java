package dev.hearth.rest.catalog;

import static dev.hearth.rest.catalog.Fixture.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

@Tag("all-postgres")
class RelationsTest {

    private static final Catalog CATALOG = Fixture.read("relations");

    private static Relation relation(String name) {
        return CATALOG.relation(api(name)).orElseThrow();
    }

    private static Column person(String column) {
        return CATALOG.column(api("people"), column).orElseThrow();
    }

    @Test
    void everyKindOfRelationIsReadAndNothingElse() {
        assertThat(CATALOG.relations().keySet())
                .extracting(QualifiedName::toString)
                .containsExactlyInAnyOrder(
                        "api.people",
                        "api.places",
                        "api.people_view",
                        "api.counted",
                        "api.triggered",
                        "api.kept",
                        "api.days",
                        "api.remote",
                        "api.far",
                        "api.Größe, \"in\" m.²",
                        "api.no_columns");
    }

    @ParameterizedTest
    @CsvSource({
        "people, false, true, true, true",
        "people_view, true, true, true, true",
        "counted, true, false, false, false",
        "triggered, true, true, false, false",
        "kept, true, false, false, false",
        "days, false, true, true, true",
        "remote, false, false, false, false",
        "far, false, true, true, true"
    })
    void saysWhatCanBeDoneWithRows(
            String name, boolean view, boolean insert, boolean update, boolean delete) {
        Relation relation = relation(name);
        assertThat(
                        List.of(
                                relation.view(),
                                relation.insertable(),
                                relation.updatable(),
                                relation.deletable()))
                .containsExactly(view, insert, update, delete);
    }

    @Test
    void thePrimaryKeyIsSortedByName() {
        assertThat(relation("places").primaryKey()).containsExactly("city", "country");
    }

    @Test
    void aViewHasThePrimaryKeyOfItsTable() {
        assertThat(relation("people_view").primaryKey()).containsExactly("id");
    }

    @Test
    void aMaterializedViewHasOneToo() {
        assertThat(relation("kept").primaryKey()).containsExactly("id");
    }

    @Test
    void columnsKeepTheirOrder() {
        assertThat(relation("places").columns().keySet())
                .containsExactly("country", "city", "b", "a");
    }

    @Test
    void commentsAreRead() {
        assertThat(relation("people").comment()).contains("Who we know");
        assertThat(relation("people_view").comment()).contains("The same");
        assertThat(person("name").comment()).contains("As they call themselves");
        assertThat(person("id").comment()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id | bigint | bigint",
                "name | text | text",
                "initials | character | character(3)",
                "flags | bit varying | bit varying(8)",
                "email | character varying | api.email",
                "work_email | character varying | api.work_email",
                "mood | api.mood | api.mood",
                "mood_of_day | api.mood_of_day | api.mood_of_day",
                "home | api.address | api.address",
                "moods | api.mood[] | api.mood[]",
                "price | numeric | numeric(10,2)"
            })
    void typesAreReadWithTheOneBeneathADomain(String column, String base, String type) {
        assertThat(List.of(person(column).baseType(), person(column).type()))
                .containsExactly(base, type);
    }

    @Test
    void aDomainMayForbidNull() {
        assertThat(person("name").nullable()).isFalse();
        assertThat(person("email").nullable()).isFalse();
        assertThat(person("mood").nullable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"initials, 3", "flags, 8", "email, 60", "work_email, 60"})
    void lengthsAreRead(String column, int length) {
        assertThat(person(column).maxLength()).hasValue(length);
    }

    @Test
    void aNumberHasNoLength() {
        assertThat(person("price").maxLength()).isEqualTo(OptionalInt.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id | nextval('api.people_id_seq')",
                "email | 'nobody@example.com'::character varying",
                "mood | 'ok'::api.mood",
                "price | 1.5"
            })
    void defaultsAreRead(String column, String expression) {
        assertThat(person(column).defaultExpression()).contains(expression);
    }

    @ParameterizedTest
    @CsvSource({"code", "shout", "name"})
    void whatCannotBeGivenHasNoDefault(String column) {
        assertThat(person(column).defaultExpression()).isEqualTo(Optional.empty());
    }

    @Test
    void labelsKeepTheirOrder() {
        assertThat(person("mood").labels()).containsExactly("sad", "ok", "happy");
        assertThat(person("mood_of_day").labels()).containsExactly("sad", "ok", "happy");
        assertThat(person("name").labels()).isEmpty();
    }

    @Test
    void namesOfAnyKindAreRead() {
        Relation relation = relation("Größe, \"in\" m.²");
        assertThat(relation.columns().keySet())
                .containsExactly("id with blank", "a.b", "say \"hi\"", "ключ");
        assertThat(relation.primaryKey()).containsExactly("id with blank");
    }

    @Test
    void aRelationMayHaveNoColumns() {
        assertThat(relation("no_columns").columns()).isEmpty();
    }

    @Test
    void timeZonesAreRead() {
        assertThat(CATALOG.timeZones()).contains("Europe/Berlin", "UTC");
    }
}
