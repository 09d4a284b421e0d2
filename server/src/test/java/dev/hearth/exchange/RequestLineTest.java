package dev.hearth.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

class RequestLineTest {

    /// A path, and its segments below `/rest/v1`.
    record Sample(String path, List<String> segments) {}

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample("/rest/v1", List.of()),
                new Sample("/rest/v1/", List.of()),
                new Sample("/rest/v1/items", List.of("items")),
                new Sample("/rest/v1/items/", List.of("items", "")),
                new Sample("/rest/v1//items", List.of("", "items")),
                new Sample("/rest/v1/rpc/add", List.of("rpc", "add")),
                new Sample("/rest/v1/a%2Fb", List.of("a/b")),
                new Sample("/rest/v1/100%25", List.of("100%")),
                new Sample("/rest/v1/a%252Fb", List.of("a%2Fb")),
                new Sample("/rest/v1/a+b%20c", List.of("a+b c")),
                new Sample("/rest/v1/%E3%83%86%c3%bc", List.of("テü")),
                new Sample("/rest/v1/%zz%4", List.of("%zz%4")),
                new Sample("/rest/v1/%ff", List.of("\uFFFD")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachSegmentIsDecodedOnce(Sample sample) {
        assertThat(new RequestLine("GET", sample.path(), "/rest/v1", "").segments())
                .isEqualTo(sample.segments());
    }

    @ParameterizedTest
    @CsvSource({"/rest/v1,/", "/rest/v1/,/", "/rest/v1/my%20items,/my%20items"})
    void thePathBelowThePrefixStaysAsSent(String path, String below) {
        assertThat(new RequestLine("GET", path, "/rest/v1", "").below()).isEqualTo(below);
    }

    @ParameterizedTest
    @CsvSource({"GET,GET", "HEAD,HEAD", "OPTIONS,OPTIONS", "get,OTHER", "PROPFIND,OTHER"})
    void methodsAreToldApartByTheirNamesAsSent(String name, Method method) {
        assertThat(new RequestLine(name, "/", "", "").method()).isEqualTo(method);
    }

    @ParameterizedTest
    @CsvSource({
        "/rest/v1,true",
        "/rest/v1/,true",
        "/rest/v1/a/b,true",
        "/rest/v10,false",
        "/rest,false",
        "/REST/v1/a,false"
    })
    void aRouteBelowAnAddressCoversWholeSegmentsOnly(String path, boolean covered) {
        assertThat(every("/rest/v1/*").covers(path)).isEqualTo(covered);
    }

    @Test
    void aRouteOfOneAddressCoversNothingElse() {
        assertThat(every("/rest/v1/").covers("/rest/v1/")).isTrue();
        assertThat(every("/rest/v1/").covers("/rest/v1")).isFalse();
        assertThat(every("/rest/v1/").covers("/rest/v1/a")).isFalse();
    }

    private static Route every(String path) {
        return new Route(
                java.util.Optional.empty(),
                path,
                Route.Access.KEY,
                1,
                Route.Errors.OF_THE_GATEWAY,
                _ -> Answer.empty(200));
    }
}
