package dev.hearth.realtime.changes.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

class LiteralTest {

    private static String json(Shape shape, String text) {
        var out = new JsonBuffer(16);
        new Json(JsonCasts.NONE).column(shape, text, out);
        return out.toString();
    }

    @Test
    void numbersLoseTheirExponentAndKeepTheirScale() {
        assertThat(json(new Shape.Decimal(), "1.50")).isEqualTo("1.50");
        assertThat(json(new Shape.Decimal(), "1e+20")).isEqualTo("100000000000000000000");
        assertThat(json(new Shape.Decimal(), "-0")).isEqualTo("0");
        assertThat(json(new Shape.Decimal(), "NaN")).isEqualTo("null");
        assertThat(json(new Shape.Decimal(), "-Infinity")).isEqualTo("null");
    }

    @Test
    void timesGetTheirT() {
        assertThat(json(new Shape.Stamp(), "2026-01-02 03:04:05.678901"))
                .isEqualTo("\"2026-01-02T03:04:05.678901\"");
        assertThat(json(new Shape.ZonedStamp(), "2026-01-02 03:04:05+00"))
                .isEqualTo("\"2026-01-02T03:04:05+00:00\"");
        assertThat(json(new Shape.ZonedStamp(), "0044-03-15 10:00:00+00 BC"))
                .isEqualTo("\"0044-03-15T10:00:00+00:00 BC\"");
        assertThat(json(new Shape.ZonedStamp(), "infinity")).isEqualTo("\"infinity\"");
        assertThat(json(new Shape.Stamp(), "-infinity")).isEqualTo("\"-infinity\"");
    }

    @Test
    void byteaLosesItsMarkAtTheTopOnly() {
        assertThat(json(new Shape.Binary(), "\\x0102ff")).isEqualTo("\"0102ff\"");
        assertThat(json(new Shape.Array(new Shape.Binary(), ','), "{\"\\\\x01\"}"))
                .isEqualTo("[\"\\\\x01\"]");
    }

    @Test
    void jsonIsNormalisedAsJsonb() {
        assertThat(
                        json(
                                new Shape.PlainJson(),
                                "{ \"bb\":1, \"a\":3e2, \"a\":[1.50, null, \"\\u00e9\"] }"))
                .isEqualTo("{\"a\":[1.50,null,\"é\"],\"bb\":1}");
    }

    @Test
    void jsonTooDeepIsDeliveredAsWritten() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertThat(json(new Shape.PlainJson(), deep)).isEqualTo(deep);
    }

    @Test
    void jsonOfAHugeExponentStaysSmall() {
        assertThat(json(new Shape.PlainJson(), "1e999999999")).isEqualTo("1e999999999");
    }

    @Test
    void arraysLoseBoundsAndKnowTheirDelimiter() {
        assertThat(json(new Shape.Array(new Shape.Whole(), ','), "[0:1]={1,2}")).isEqualTo("[1,2]");
        assertThat(json(new Shape.Array(new Shape.Text(), ';'), "{(1,1),(0,0);(2,2),(1,1)}"))
                .isEqualTo("[\"(1,1),(0,0)\",\"(2,2),(1,1)\"]");
        assertThat(json(new Shape.Array(new Shape.Whole(), ','), "{{1,2},{3,NULL}}"))
                .isEqualTo("[[1,2],[3,null]]");
        assertThat(json(new Shape.Array(new Shape.Whole(), ','), "{}")).isEqualTo("[]");
    }

    @Test
    void compositesBecomeObjects() {
        var shape =
                new Shape.Composite(
                        List.of(
                                new Shape.Attribute("n", new Shape.Whole()),
                                new Shape.Attribute("t", new Shape.Text()),
                                new Shape.Attribute("e", new Shape.Text())));
        assertThat(json(shape, "(,\"a \"\"b\"\" \\\\c\",\"\")"))
                .isEqualTo("{\"n\":null,\"t\":\"a \\\"b\\\" \\\\c\",\"e\":\"\"}");
    }

    @Test
    void hstoreBecomesAnObjectOfTexts() {
        assertThat(json(new Shape.Hstore(), "\"a\"=>\"1\", \"b\"=>NULL"))
                .isEqualTo("{\"a\":\"1\",\"b\":null}");
    }

    @Test
    void vectorsBecomeArrays() {
        assertThat(json(new Shape.Vector(new Shape.Whole()), "1 2 3")).isEqualTo("[1,2,3]");
    }

    @Test
    void refusesWhatIsNoArray() {
        assertThatThrownBy(() -> ArrayLiteral.parse("{1,2", ','))
                .isInstanceOf(LiteralException.class);
    }

    @Property
    void everyQuotedArrayComesBack(@ForAll List<@StringLength(max = 10) String> values) {
        String literal =
                values.stream().map(LiteralTest::quoted).collect(Collectors.joining(",", "{", "}"));
        assertThat(ArrayLiteral.parse(literal, ',').items())
                .isEqualTo(
                        values.stream()
                                .map(value -> new ArrayLiteral.Element(Optional.of(value)))
                                .toList());
    }

    @Property
    void everyQuotedCompositeComesBack(@ForAll List<@StringLength(max = 10) String> values) {
        if (values.isEmpty()) {
            return;
        }
        String literal =
                values.stream()
                        .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",", "(", ")"));
        assertThat(CompositeLiteral.parse(literal))
                .isEqualTo(values.stream().map(Optional::of).toList());
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll @StringLength(max = 30) String text) {
        try {
            ArrayLiteral.parse("{" + text, ',');
            CompositeLiteral.parse("(" + text);
        } catch (LiteralException e) {
            assertThat(e).hasMessageStartingWith("not the text of");
        }
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
