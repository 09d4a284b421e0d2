package dev.hearth.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What is expected is what supabase-js 2.119 was seen to send for all of ASCII.
class UrlEncodingTest {

    private static final String ASCII =
            IntStream.rangeClosed(' ', '~')
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());

    private static final String DIGITS = "0123456789";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";

    @Test
    void namesOfTablesAreThoseOfSupabaseJsButForWhatAnAddressReadsOtherwise() {
        assertThat(UrlEncoding.segment(ASCII + "ü"))
                .isEqualTo(
                        "%20!%22%23$%25&'()*+,-.%2F"
                                + DIGITS
                                + ":;%3C=%3E%3F@"
                                + UPPER
                                + "%5B%5C%5D%5E_%60"
                                + LOWER
                                + "%7B%7C%7D~%C3%BC");
    }

    @Test
    void pathsKeepTheirSlashes() {
        assertThat(UrlEncoding.path("/a b/c:d")).isEqualTo("/a%20b/c:d");
    }

    @Test
    void topicsAreThoseOfEncodeURIComponent() {
        assertThat(UrlEncoding.component(ASCII + "ü"))
                .isEqualTo(
                        "%20!%22%23%24%25%26'()*%2B%2C-.%2F"
                                + DIGITS
                                + "%3A%3B%3C%3D%3E%3F%40"
                                + UPPER
                                + "%5B%5C%5D%5E_%60"
                                + LOWER
                                + "%7B%7C%7D~%C3%BC");
    }

    @Test
    void valuesOfQueriesAreThoseOfUrlSearchParams() {
        assertThat(UrlEncoding.parameter(ASCII + "ü"))
                .isEqualTo(
                        "+%21%22%23%24%25%26%27%28%29*%2B%2C-.%2F"
                                + DIGITS
                                + "%3A%3B%3C%3D%3E%3F%40"
                                + UPPER
                                + "%5B%5C%5D%5E_%60"
                                + LOWER
                                + "%7B%7C%7D%7E%C3%BC");
    }

    @Test
    void halfOfACharacterIsRefusedInNamesAndReplacedInValues() {
        for (String half : List.of("a\uD83Db", "\uDE00", "a\uD83D")) {
            assertThatThrownBy(() -> UrlEncoding.segment(half))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> UrlEncoding.path(half))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> UrlEncoding.component(half))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(UrlEncoding.parameter(half)).contains("%EF%BF%BD");
        }
    }

    @Property
    void everyNameComesBackAsItWas(@ForAll("texts") String text) {
        for (String encoded :
                List.of(
                        UrlEncoding.path(text),
                        UrlEncoding.segment(text),
                        UrlEncoding.component(text))) {
            assertThat(decoded(encoded.replace("+", "%2B"))).isEqualTo(text);
        }
        assertThat(decoded(UrlEncoding.parameter(text))).isEqualTo(text);
    }

    @Property
    void aSegmentIsOneOfAnyAddress(@ForAll("texts") String text) {
        for (String encoded : List.of(UrlEncoding.segment(text), UrlEncoding.component(text))) {
            URI address = URI.create("http://h/a/" + encoded + "?b");
            assertThat(address.getRawPath()).isEqualTo("/a/" + encoded);
            assertThat(address.getRawQuery()).isEqualTo("b");
            assertThat(encoded).doesNotContain("/");
        }
    }

    @Property
    void aValueIsOneOfAnyQuery(@ForAll("texts") String text) {
        String target = HttpRequest.of("GET", "/a").query("b", text).query("c", "d").target();

        assertThat(URI.create("http://h" + target).getRawQuery().split("&", -1))
                .containsExactly("b=" + UrlEncoding.parameter(text), "c=d");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars(ASCII.toCharArray())
                .withChars('\t', '\n', 'ü', '€', '\u0000', '\u007F')
                .ofMaxLength(12)
                .map(text -> text.length() % 3 == 0 ? text + "\uD83D\uDE00" : text);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Test
    void aPathThatLeadsElsewhereIsRefused() {
        for (String path :
                List.of("/rest/v1/..", "/a/../b", "/a/.", "/./a", "/a/%2e%2E/b", "/a/.%2e")) {
            assertThatThrownBy(() -> HttpRequest.of("GET", path))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(path);
        }
        assertThat(HttpRequest.of("GET", "/a/..b/c../...").target()).isEqualTo("/a/..b/c../...");
    }

    @Test
    void aComponentStandsInAQueryAsJavaScriptWritesIt() {
        HttpRequest request =
                HttpRequest.of("GET", "/a").queryComponent("s", "a b~").query("t", "a b~");

        assertThat(request.target()).isEqualTo("/a?s=a%20b~&t=a+b%7E");
    }
}
