package dev.hearth.rest.catalog;

import static dev.hearth.rest.catalog.Fixture.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.catalog.Routine.Parameter;
import dev.hearth.rest.catalog.Routine.Returned;
import dev.hearth.rest.catalog.Routine.Volatility;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("all-postgres")
class RoutinesTest {

    private static final Catalog CATALOG = Fixture.read("routines");

    private static Routine routine(String name) {
        assertThat(CATALOG.routines(api(name))).hasSize(1);
        return CATALOG.routines(api(name)).getFirst();
    }

    private static Parameter required(String name, String type) {
        return new Parameter(name, type, type, true, false);
    }

    @Test
    void parametersAreReadInTheirOrder() {
        assertThat(routine("plain").parameters())
                .containsExactly(required("a", "integer"), required("b", "text"));
    }

    @Test
    void theLastParametersMayHaveDefaults() {
        assertThat(routine("defaults").parameters())
                .containsExactly(
                        required("a", "integer"),
                        new Parameter("b", "text", "text", false, false),
                        new Parameter("c", "bit", "bit varying", false, false),
                        new Parameter("d", "character", "character varying", false, false));
    }

    @Test
    void overloadedOnesAreSortedByTheNumberOfParameters() {
        assertThat(CATALOG.routines(api("overloaded")))
                .extracting(each -> each.parameters().stream().map(Parameter::type).toList())
                .hasToString("[[], [integer], [text], [integer, integer]]");
    }

    @Test
    void aVariadicParameterIsAnArray() {
        assertThat(routine("many").parameters().getLast())
                .isEqualTo(new Parameter("rest", "text[]", "text[]", true, true));
        assertThat(routine("many").variadic()).isTrue();
        assertThat(routine("plain").variadic()).isFalse();
    }

    @Test
    void aSingleUnnamedParameterMayTakeABody() {
        assertThat(routine("unnamed").parameters()).containsExactly(required("", "json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unnamed_number",
                "unnamed_two",
                "on_change",
                "a_procedure",
                "an_aggregate",
                "hidden"
            })
    void whatCannotBeCalledIsNotThere(String name) {
        assertThat(CATALOG.routines(api(name))).isEmpty();
    }

    @Test
    void functionsOfOtherSchemasAreNotThere() {
        assertThat(CATALOG.routines().keySet())
                .extracting(QualifiedName::schema)
                .containsOnly("api");
    }

    @Test
    void whatGoesOutIsNoParameter() {
        assertThat(routine("outs").parameters())
                .containsExactly(required("a", "integer"), required("b", "text"));
    }

    @Test
    void typesAreQualifiedUnlessTheyAreTheSystems() {
        assertThat(routine("typed").parameters())
                .extracting(Parameter::type)
                .containsExactly("api.films", "api.positive[]", "timestamp with time zone");
    }

    @ParameterizedTest
    @CsvSource({
        "plain, pg_catalog, int4, false, false, false",
        "outs, pg_catalog, record, false, true, false",
        "one_out, pg_catalog, int4, false, true, false",
        "a_table, pg_catalog, record, true, true, false",
        "nothing, pg_catalog, void, false, false, false",
        "a_film, api, films, false, true, false",
        "films_of, api, films, true, true, false",
        "numbers, pg_catalog, int4, true, false, false",
        "a_positive, pg_catalog, int4, false, false, true",
        "a_better_pair, api, pair, false, true, true",
        "records, pg_catalog, record, true, false, false"
    })
    void saysWhatComesBack(
            String name,
            String schema,
            String type,
            boolean set,
            boolean composite,
            boolean domain) {
        assertThat(routine(name).returns())
                .isEqualTo(new Returned(new QualifiedName(schema, type), set, composite, domain));
    }

    @Test
    void onlyVoidIsNothing() {
        assertThat(routine("nothing").returns().nothing()).isTrue();
        assertThat(routine("plain").returns().nothing()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"plain, IMMUTABLE", "defaults, STABLE", "many, VOLATILE"})
    void saysWhatAFunctionMayDo(String name, Volatility volatility) {
        assertThat(routine(name).volatility()).isEqualTo(volatility);
    }

    @Test
    void commentsAreRead() {
        assertThat(routine("plain").comment()).contains("Plain and simple");
        assertThat(routine("many").comment()).isEmpty();
    }

    @Test
    void onlyHoistedSettingsAreKept() {
        assertThat(routine("hoisted").settings())
                .containsOnlyKeys("statement_timeout", "default_transaction_isolation")
                .containsEntry("statement_timeout", "5s");
        assertThat(routine("plain").settings()).isEmpty();
    }

    @Test
    void isolationIsRead() {
        assertThat(routine("hoisted").isolation()).contains("repeatable read");
        assertThat(routine("serial").isolation()).contains("serializable");
        assertThat(routine("plain").isolation()).isEmpty();
    }

    @Test
    void namesOfAnyKindAreRead() {
        assertThat(routine("Größe mit \"Namen\"").parameters())
                .containsExactly(required("ein Wert", "integer"));
    }
}
