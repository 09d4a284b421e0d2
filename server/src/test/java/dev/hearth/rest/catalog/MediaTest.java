package dev.hearth.rest.catalog;

import static dev.hearth.rest.catalog.Fixture.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Optional;

/// Handlers of media types and representations of domains.
@Tag("all-postgres")
class MediaTest {

    private static final Catalog CATALOG = Fixture.read("media");

    private static Optional<QualifiedName> function(Optional<QualifiedName> rows, String type) {
        return CATALOG.handler(rows, type).map(MediaHandler::function);
    }

    @Test
    void anAggregateHandlesTheRowsOfItsRelation() {
        assertThat(function(Optional.of(api("shapes")), "application/vnd.twkb"))
                .contains(api("shapes_as_twkb"));
    }

    @Test
    void anAggregateMayHandleRowsOfAnyKind() {
        assertThat(function(Optional.empty(), "text/xml")).contains(api("anything_as_xml"));
    }

    @Test
    void aHandlerMaySayItsTypeItself() {
        assertThat(function(Optional.of(api("shapes")), "*/*")).contains(api("shapes_as_any"));
    }

    @Test
    void aFunctionMakesItsOwnBody() {
        assertThat(function(Optional.of(api("page")), "*/*")).contains(api("page"));
    }

    @Test
    void nothingElseIsAHandler() {
        assertThat(CATALOG.handlers())
                .extracting(MediaHandler::function)
                .containsExactlyInAnyOrder(
                        api("shapes_as_twkb"),
                        api("shapes_as_any"),
                        api("anything_as_xml"),
                        api("page"),
                        api("as_xml"),
                        api("as_twkb"),
                        api("as_any"));
    }

    @Test
    void implicitCastsBetweenDomainsAndJsonRepresent() {
        assertThat(CATALOG.representations())
                .containsOnlyKeys(
                        new Catalog.Cast("api.color", "json"),
                        new Catalog.Cast("json", "api.color"));
        assertThat(CATALOG.representation("api.color", "json")).contains("api.color_json");
    }
}
