package dev.hearth.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.exchange.Headers;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.RequestLine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "id=eq.1 id=eq.2",
                "id=not.gte.1 id=not.gte.27",
                "name=like.a* name=like.*b",
                "id=in.(1,2) id=in.(3)",
                "id=not.in.(1) id=not.in.(1,2,3)",
                "a.b=cs.{x} a.b=cs.{y,z}",
                "select=id&id=eq.%31 select=id&id=eq.+"
            })
    void requestsThatDifferInTheirValuesAreOfOneKind(String one, String other) {
        assertThat(asked(one).key()).isEqualTo(asked(other).key());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "id=eq.1 id=neq.1",
                "id=eq.1 id=not.eq.1",
                "id=eq.1 name=eq.1",
                "id=is.null id=is.true",
                "limit=1 limit=2",
                "order=id order=name",
                "select=id select=name",
                "or=(id.eq.1) or=(id.eq.2)",
                "data->>a=eq.1 data->>b=eq.1",
                "id=eq(any).{1} id=eq(all).{1}",
                "id=in.(1) id=eq.(1)"
            })
    void requestsThatDifferInAnythingElseAreNot(String one, String other) {
        assertThat(asked(one).key()).isNotEqualTo(asked(other).key());
    }

    @Test
    void theValuesAreThoseThatTheDatabaseReads() {
        assertThat(asked("a=eq.x%20y&b=like.x*&c=in.(1,a\\b, c)&d=gt.+").values())
                .containsExactly("x y", "x%", "{\"1\",\"a\\\\b\",\" c\"}", " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in.()", "in.(\"a\",b)", "in.( a)", "in.(a)b)", "in.(a", "in.(a)x"})
    void aListThatIsHardToReadIsLeftToTheGrammar(String value) {
        assertThat(asked("id=" + value).values()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%EE%80%80", "%ee%80%81", "%Ee%80%82", "\uE000", "\uE002"})
    void aRequestWithAMarkInItIsNotMarked(String sent) {
        Asked asked = asked("id=eq.1&name=eq." + sent);
        assertThat(asked.values()).isEmpty();
        assertThat(asked.line().query()).isEqualTo("id=eq.1&name=eq." + sent);
    }

    @Test
    void aMarkThatWasSentIsOfAnotherKindThanOneThatWasMade() {
        Asked made = asked("id=eq.1");
        assertThat(asked(made.line().query()).key()).isNotEqualTo(made.key());
    }

    @Test
    void aMarkIsKnownByItselfOrAsTheListThatItStandsFor() {
        String value = asked("id=eq.1").line().query().substring("id=eq.".length());
        String list =
                asked("id=in.(1)").line().query().substring("id=in.(".length()).replace(")", "");

        assertThat(Asked.marked(value)).contains(0);
        assertThat(Asked.marked("{\"" + list + "\"}")).contains(0);
        assertThat(Asked.marked("{\"" + value + "\"}")).isEmpty();
        assertThat(Asked.marked(list)).isEmpty();
        assertThat(Asked.marked(value + "x")).isEmpty();
        assertThat(Asked.holdsMark("x" + list)).isTrue();
    }

    private static Asked asked(String query) {
        return Asked.of(RequestLine.of(Method.GET, "/items", query), Headers.NONE);
    }
}
