package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.ClaimPath.Comparison;
import dev.hearth.config.ClaimPath.Element;
import dev.hearth.config.ClaimPath.Match;
import dev.hearth.config.ClaimPath.Member;
import dev.hearth.config.ClaimPath.Step;
import dev.hearth.problem.Refusal;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ClaimPathTest {

    private static final String SETTING = "PGRST_JWT_ROLE_CLAIM_KEY";

    /// A path as it is written, and its steps.
    record Sample(String text, List<Step> steps) {}

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample(".role", List.of(new Member("role"))),
                new Sample(
                        ".postgrest.roles[1]",
                        List.of(new Member("postgrest"), new Member("roles"), new Element(1))),
                new Sample(
                        ".\"https://www.example.com/role\".key",
                        List.of(new Member("https://www.example.com/role"), new Member("key"))),
                new Sample(".\"\"", List.of(new Member(""))),
                new Sample(".a_$@1ß", List.of(new Member("a_$@1ß"))),
                new Sample("[0][12]", List.of(new Element(0), new Element(12))),
                new Sample(".r[?(@ == \"x\")]", match(Comparison.EQUAL, "x")),
                new Sample(".r[?(@!=\"x y\")]", match(Comparison.UNEQUAL, "x y")),
                new Sample(".r[?(@ ^==  \"x\")]", match(Comparison.STARTS, "x")),
                new Sample(".r[?(@ ==^ \"x\")]", match(Comparison.ENDS, "x")),
                new Sample(".r[?(@ *== \"\")]", match(Comparison.CONTAINS, "")));
    }

    private static List<Step> match(Comparison comparison, String text) {
        return List.of(new Member("r"), new Match(comparison, text));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsWhatUpstreamReads(Sample sample) {
        assertThat(ClaimPath.parse(SETTING, sample.text()).steps()).isEqualTo(sample.steps());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "role",
                ".",
                "..a",
                ".a-b",
                ".a b",
                ".a[",
                ".a[-1]",
                ".a[x]",
                ".\"a",
                ".a[?(@ = \"x\")]",
                ".a[?(@ == x)]",
                ".a[?(@ == \"x\") ]",
                ".a[?(@ == \"x\")].b",
                ".a[?(@ == \"x\")][0]",
                ".a[99999999999]"
            })
    void refusesEverythingElseByName(String text) {
        assertThatThrownBy(() -> ClaimPath.parse(SETTING, text))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(SETTING + " is no path of a claim from its character ");
    }

    @ParameterizedTest
    @CsvSource({
        "EQUAL,abc,true",
        "EQUAL,ab,false",
        "UNEQUAL,ab,true",
        "UNEQUAL,abc,false",
        "STARTS,abcd,true",
        "STARTS,xabc,false",
        "ENDS,xabc,true",
        "ENDS,abcd,false",
        "CONTAINS,xabcd,true",
        "CONTAINS,acb,false"
    })
    void comparesTexts(Comparison comparison, String text, boolean fits) {
        assertThat(new Match(comparison, "abc").fits(text)).isEqualTo(fits);
    }

    @Property(tries = 500)
    void readsBackWhatIsWritten(@ForAll("paths") ClaimPath path) {
        String text =
                path.steps().stream().map(ClaimPathTest::written).collect(Collectors.joining());

        assertThat(ClaimPath.parse(SETTING, text)).isEqualTo(path);
    }

    @Property(tries = 1000)
    void anyTextIsReadOrRefused(@ForAll("texts") String text) {
        try {
            assertThat(ClaimPath.parse(SETTING, text).steps()).isNotEmpty();
        } catch (Refusal refusal) {
            assertThat(refusal.problem().code()).isEqualTo(SETTING);
        }
    }

    private static String written(Step step) {
        return switch (step) {
            case Member(var name) -> ".\"" + name + '"';
            case Element(var index) -> "[" + index + "]";
            case Match(var comparison, var text) ->
                    "[?(@ " + sign(comparison) + " \"" + text + "\")]";
        };
    }

    private static String sign(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> "==";
            case UNEQUAL -> "!=";
            case STARTS -> "^==";
            case ENDS -> "==^";
            case CONTAINS -> "*==";
        };
    }

    @Provide
    Arbitrary<ClaimPath> paths() {
        Arbitrary<String> names = Arbitraries.strings().excludeChars('"').ofMaxLength(6);
        Arbitrary<Step> members = names.map(Member::new);
        Arbitrary<Step> elements = Arbitraries.integers().between(0, 999_999_999).map(Element::new);
        Arbitrary<Step> matches =
                Combinators.combine(Arbitraries.of(Comparison.values()), names).as(Match::new);
        Arbitrary<List<Step>> all =
                Combinators.combine(
                                Arbitraries.oneOf(members, elements)
                                        .list()
                                        .ofMinSize(1)
                                        .ofMaxSize(5),
                                matches.list().ofMaxSize(1))
                        .as((steps, last) -> Stream.of(steps, last).flatMap(List::stream).toList());
        return all.map(ClaimPath::new);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars(".[]?(@ )=!^*\"0a$-").ofMaxLength(24);
    }
}
