package dev.hearth.rest.catalog;

import static dev.hearth.rest.catalog.Fixture.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.catalog.Hints.Replacement;
import dev.hearth.rest.catalog.Relationship.Computed;
import dev.hearth.rest.catalog.Routine.Parameter;
import dev.hearth.rest.catalog.Routine.Returned;
import dev.hearth.rest.catalog.Routine.Volatility;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class HintsTest {

    private static Relation table(QualifiedName name) {
        return new Relation(name, Optional.empty(), false, true, true, true, List.of(), Map.of());
    }

    private static Relationship way(String origin, String target) {
        return new Computed(api("way"), api(origin), api(target), false);
    }

    private static Routine routine(String name, String... parameters) {
        return new Routine(
                api(name),
                Optional.empty(),
                Arrays.stream(parameters)
                        .map(each -> new Parameter(each, "text", "text", true, false))
                        .toList(),
                new Returned(new QualifiedName("pg_catalog", "int4"), false, false, false),
                Volatility.VOLATILE,
                Map.of(),
                Optional.empty());
    }

    private static Hints hints(Stream<QualifiedName> tables) {
        return new Catalog(
                        tables.collect(Collectors.toMap(name -> name, HintsTest::table)),
                        Map.of(
                                api("films"),
                                List.of(
                                        way("films", "directors"),
                                        way("films", "roles"),
                                        way("films", "actors"))),
                        Map.of(
                                api("test"),
                                List.of(
                                        routine("test", "val", "param", "name"),
                                        routine("test", "id", "attr")),
                                api("another"),
                                List.of(routine("another")),
                                new QualifiedName("private", "other"),
                                List.of(routine("other"))),
                        Map.of(),
                        List.of(),
                        Set.of())
                .hints();
    }

    private static final Hints HINTS =
            hints(Stream.of(api("films"), api("roles"), new QualifiedName("private", "secrets")));

    @Test
    void aRelationOfTheSchemaIsSuggested() {
        assertThat(HINTS.relation("api", "film")).contains("films");
    }

    @Test
    void nothingOfAnotherSchemaIsSuggested() {
        assertThat(HINTS.relation("api", "secret")).isEmpty();
        assertThat(HINTS.routine("api", "other")).isEmpty();
    }

    @Test
    void aLargeSchemaGetsNoSuggestions() {
        var names = IntStream.range(0, 500).mapToObj(number -> api("table_" + number));
        assertThat(hints(names).relation("api", "table_1x")).isEmpty();
        var fewer = IntStream.range(0, 499).mapToObj(number -> api("table_" + number));
        assertThat(hints(fewer).relation("api", "table_1x")).isPresent();
    }

    @Test
    void aFunctionOfTheSchemaIsSuggested() {
        assertThat(HINTS.routine("api", "testt")).contains("test");
        assertThat(HINTS.routine("api", "noclosealternative")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "vall pqaram nam | (name, param, val)",
                "val param | (name, param, val)",
                "id attrs | (attr, id)",
                "id | (attr, id)",
                "noclosealternative | -"
            })
    void argumentsOfTheFunctionAreSuggested(String given, String meant) {
        assertThat(HINTS.arguments(api("test"), List.of(given.split(" "))).orElse(null))
                .isEqualTo(meant);
    }

    @Test
    void anOriginThatHasNoWaysIsReplaced() {
        assertThat(HINTS.relationship("api", "film", "directors"))
                .contains(new Replacement("films", "film"));
        assertThat(HINTS.relationship("api", "noclosealternative", "roles")).isEmpty();
    }

    @Test
    void aTargetToWhichNothingLeadsIsReplaced() {
        assertThat(HINTS.relationship("api", "films", "role"))
                .contains(new Replacement("roles", "role"));
        assertThat(HINTS.relationship("api", "films", "noclosealternative")).isEmpty();
    }

    @Test
    void nothingIsReplacedWhereBothAreKnown() {
        assertThat(HINTS.relationship("api", "films", "actors")).isEmpty();
    }

    @Test
    void anUnknownSchemaHasNoSuggestions() {
        assertThat(HINTS.relationship("nowhere", "films", "actors")).isEmpty();
        assertThat(HINTS.relation("nowhere", "films")).isEmpty();
    }
}
