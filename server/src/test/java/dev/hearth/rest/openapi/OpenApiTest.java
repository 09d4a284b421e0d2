package dev.hearth.rest.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.Column;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.catalog.Relation;
import dev.hearth.rest.catalog.Relationship;
import dev.hearth.rest.catalog.Relationship.Cardinality;
import dev.hearth.rest.catalog.Relationship.ForeignKey;
import dev.hearth.rest.catalog.Relationship.Pair;
import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.catalog.Routine.Parameter;
import dev.hearth.rest.catalog.Routine.Returned;
import dev.hearth.rest.catalog.Routine.Volatility;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The document, from value to value.
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final QualifiedName SHELVES = new QualifiedName("public", "shelves");
    private static final QualifiedName SHELVES_SEEN = new QualifiedName("public", "shelves_seen");
    private static final QualifiedName JARS = new QualifiedName("public", "jars");

    @ParameterizedTest
    @CsvSource({
        "text, string, text",
        "character varying, string, character varying",
        "boolean, boolean, boolean",
        "smallint, integer, int32",
        "integer, integer, int32",
        "bigint, integer, int64",
        "numeric, number, numeric",
        "real, number, real",
        "double precision, number, double precision",
        "json, , json",
        "jsonb, , jsonb",
        "uuid, string, uuid",
        "timestamp with time zone, string, timestamp with time zone",
        "text[], array, text[]",
    })
    void saysTheTypeAndTheFormatOfAColumn(String sql, String type, String format) {
        JsonNode property = property(column("x", sql, null));
        assertThat(property.path("type").textValue()).isEqualTo(type);
        assertThat(property.path("format").textValue()).isEqualTo(format);
    }

    @Test
    void saysTheTypeOfAnArraysElements() {
        assertThat(property(column("x", "bigint[]", null)).path("items"))
                .isEqualTo(json("{\"type\":\"integer\"}"));
        assertThat(property(column("x", "jsonb[]", null)).path("items")).isEqualTo(json("{}"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "integer | 42 | 42",
                "numeric | 42.2 | 42.2",
                "boolean | false | false",
                "text | 'full'::text | \"full\"",
                "date | '1999-12-31'::date | \"1999-12-31\"",
                "timestamp with time zone | now() | \"now()\"",
                "integer | nextval('s'::regclass) | ",
                "integer | '-1'::integer | ",
                "jsonb | '{}'::jsonb | ",
                "text | 'a\"b'::text | ",
            })
    void saysADefaultThatIsAConstant(String type, String expression, String value) {
        JsonNode told = property(column("x", type, expression)).path("default");
        assertThat(told.isMissingNode() ? null : told.toString()).isEqualTo(value);
    }

    @Test
    void saysWhichKeysAColumnBelongsTo() {
        JsonNode jars = document().at("/definitions/jars/properties");
        assertThat(jars.at("/id/description").textValue())
                .isEqualTo("Printed on the lid.\n\nNote:\nThis is a Primary Key.<pk/>");
        assertThat(jars.at("/shelf/description").textValue())
                .isEqualTo(
                        "Note:\nThis is a Foreign Key to `shelves.id`."
                                + "<fk table='shelves' column='id'/>");
    }

    @Test
    void saysNothingOfKeysAtTheEndThatIsReferredTo() {
        assertThat(document().at("/definitions/shelves/properties/id/description").textValue())
                .isEqualTo("Note:\nThis is a Primary Key.<pk/>");
    }

    @Test
    void requiresTheColumnsThatMayNotBeNull() {
        assertThat(document().at("/definitions/jars/required")).isEqualTo(json("[\"id\"]"));
        assertThat(document().at("/definitions/shelves_seen/required").isMissingNode()).isTrue();
    }

    @Test
    void saysTheFirstLineOfACommentAsTheSummary() {
        JsonNode get = document().at("/paths/~1jars/get");
        assertThat(get.path("summary").textValue()).isEqualTo("Jars");
        assertThat(get.path("description").textValue()).isEqualTo("of jam\nand more");
        assertThat(document().at("/paths/~1shelves/get/summary").isMissingNode()).isTrue();
    }

    @Test
    void readsARelationByItsColumnsAndPages() {
        assertThat(document().at("/paths/~1jars/get/parameters").findValuesAsText("$ref"))
                .containsExactly(
                        "#/parameters/rowFilter.jars.id",
                        "#/parameters/rowFilter.jars.shelf",
                        "#/parameters/select",
                        "#/parameters/order",
                        "#/parameters/range",
                        "#/parameters/rangeUnit",
                        "#/parameters/offset",
                        "#/parameters/limit",
                        "#/parameters/preferCount");
        assertThat(document().at("/paths/~1jars/get/responses"))
                .isEqualTo(
                        json(
                                """
                                {"200": {"description": "OK", "schema": {"type": "array",
                                    "items": {"$ref": "#/definitions/jars"}}},
                                 "206": {"description": "Partial Content"}}
                                """));
    }

    @Test
    void refersOnlyToWhatIsThere() {
        JsonNode document = document();
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(
                        reference ->
                                assertThat(document.at(reference.substring(1)).isObject())
                                        .as(reference)
                                        .isTrue());
    }

    @Test
    void changesARelationOnlyWhereThatIsPossible() {
        assertThat(document().at("/paths/~1jars").propertyStream().map(Map.Entry::getKey))
                .containsExactly("get", "post", "patch", "delete");
        assertThat(document().at("/paths/~1shelves_seen").propertyStream().map(Map.Entry::getKey))
                .containsExactly("get");
    }

    @Test
    void callsAFunctionThatMayWriteByPostOnly() {
        assertThat(document().at("/paths/~1rpc~1fill").propertyStream().map(Map.Entry::getKey))
                .containsExactly("post");
    }

    @Test
    void takesTheArgumentsOfACallFromTheQuery() {
        assertThat(document().at("/paths/~1rpc~1count_jars/get/parameters"))
                .isEqualTo(
                        json(
                                """
                                [{"name": "kind", "required": true, "in": "query",
                                  "type": "string", "format": "jam"},
                                 {"name": "sizes", "required": false, "in": "query",
                                  "type": "array", "collectionFormat": "multi",
                                  "items": {"type": "integer", "format": "int32"}}]
                                """));
    }

    @Test
    void takesTheArgumentsOfACallFromTheBody() {
        assertThat(document().at("/paths/~1rpc~1fill/post/parameters"))
                .isEqualTo(
                        json(
                                """
                                [{"name": "args", "required": true, "in": "body", "schema":
                                    {"type": "object", "required": ["names"], "properties":
                                        {"names": {"type": "array", "format": "text[]",
                                            "items": {"type": "string"}},
                                         "label": {"format": "json"}}}},
                                 {"$ref": "#/parameters/preferParams"}]
                                """));
    }

    @Test
    void takesTitleAndDescriptionFromTheSchemasComment() {
        assertThat(document().path("info"))
                .isEqualTo(
                        json(
                                """
                                {"version": "14.17", "title": "The pantry",
                                 "description": "What is in it."}
                                """));
    }

    @Test
    void tellsOfTokensOnlyWhenAsked() {
        assertThat(document().has("security")).isFalse();
        JsonNode secured = document(Optional.empty(), true);
        assertThat(secured.path("security")).isEqualTo(json("[{\"JWT\":[]}]"));
        assertThat(secured.at("/securityDefinitions/JWT/in").textValue()).isEqualTo("header");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.org/rest/v1, https, api.example.org, 443, /rest/v1",
        "HTTP://example.org, http, example.org, 80, /",
        "http://[::1]:3000/, http, [::1], 3000, /",
    })
    void readsTheAddressFromAUri(String uri, String scheme, String host, int port, String path) {
        assertThat(Address.of(uri)).contains(new Address(scheme, host, port, path));
    }

    @ParameterizedTest
    @CsvSource({"ftp://example.org/", "example.org", "https:///x", "http://a b/"})
    void takesNothingElseForAnAddress(String uri) {
        assertThat(Address.of(uri)).isEmpty();
    }

    private static JsonNode property(Column column) {
        Relation relation = relation(JARS, Optional.empty(), true, List.of(), column);
        return document(List.of(relation), List.of(), Optional.empty(), false)
                .at("/definitions/jars/properties/" + column.name());
    }

    private static JsonNode document() {
        return document(Optional.of("The pantry\n\nWhat is in it."), false);
    }

    private static JsonNode document(Optional<String> comment, boolean security) {
        return document(
                List.of(jars(), shelves(SHELVES, true), seen()),
                List.of(counting(), filling()),
                comment,
                security);
    }

    private static JsonNode document(
            List<Relation> relations,
            List<Routine> routines,
            Optional<String> comment,
            boolean security) {
        var described =
                new OpenApi(
                        catalog(),
                        relations,
                        routines,
                        List.of("public"),
                        comment,
                        Address.of("http://localhost:1").orElseThrow(),
                        security);
        return json(new String(described.document().array(), StandardCharsets.UTF_8));
    }

    private static Relation jars() {
        return relation(
                JARS,
                Optional.of("Jars\n\nof jam\nand more"),
                true,
                List.of("id"),
                new Column(
                        "id",
                        Optional.of("Printed on the lid."),
                        false,
                        "bigint",
                        "bigint",
                        OptionalInt.empty(),
                        Optional.empty(),
                        List.of()),
                column("shelf", "integer", null));
    }

    private static Relation shelves(QualifiedName name, boolean takesChanges) {
        return relation(
                name, Optional.empty(), takesChanges, List.of("id"), column("id", "integer", null));
    }

    private static Relation seen() {
        return shelves(SHELVES_SEEN, false);
    }

    private static Routine counting() {
        return routine(
                "count_jars",
                Volatility.STABLE,
                new Parameter("kind", "public.jam", "public.jam", true, false),
                new Parameter("sizes", "integer[]", "integer[]", false, true));
    }

    private static Routine filling() {
        return routine(
                "fill",
                Volatility.VOLATILE,
                new Parameter("names", "text[]", "text[]", true, false),
                new Parameter("label", "json", "json", false, false));
    }

    private static Routine routine(String name, Volatility volatility, Parameter... parameters) {
        return new Routine(
                new QualifiedName("public", name),
                Optional.empty(),
                List.of(parameters),
                new Returned(new QualifiedName("pg_catalog", "int4"), false, false, false),
                volatility,
                Map.of(),
                Optional.empty());
    }

    private static Relation relation(
            QualifiedName name,
            Optional<String> comment,
            boolean takesChanges,
            List<String> key,
            Column... columns) {
        var byName = new LinkedHashMap<String, Column>();
        for (Column column : columns) {
            byName.put(column.name(), column);
        }
        return new Relation(
                name, comment, false, takesChanges, takesChanges, takesChanges, key, byName);
    }

    private static Column column(String name, String type, @Nullable String expression) {
        return new Column(
                name,
                Optional.empty(),
                true,
                type,
                type,
                OptionalInt.empty(),
                Optional.ofNullable(expression),
                List.of());
    }

    private static Catalog catalog() {
        return new Catalog(
                Map.of(),
                Map.of(
                        JARS,
                        List.<Relationship>of(key(SHELVES_SEEN, true), key(SHELVES, false)),
                        SHELVES,
                        List.<Relationship>of(
                                new ForeignKey(
                                        SHELVES,
                                        JARS,
                                        Cardinality.ONE_TO_ONE,
                                        "jars_shelf_fkey",
                                        List.of(new Pair("id", "shelf")),
                                        false,
                                        false,
                                        true))),
                Map.of(),
                Map.of(),
                List.of(),
                Set.of());
    }

    private static ForeignKey key(QualifiedName target, boolean toView) {
        return new ForeignKey(
                JARS,
                target,
                Cardinality.ONE_TO_ONE,
                "jars_shelf_fkey",
                List.of(new Pair("shelf", "id")),
                false,
                toView,
                false);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
