package dev.hearth.client.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.internal.json.Json;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What is written is read again as it was, by a reader of the grammar that is written here from
/// its description: lists of `in`, terms of a logic tree, arrays of PostgreSQL.
class ConditionTest {

    private static final Json JSON = new Json(null);

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> odd =
                Arbitraries.strings()
                        .withChars(" ,.()[]{}\"\\:*%'nul\t\n\u0085\u00a0\ufeff&=+#éЖ日")
                        .ofMaxLength(8);
        return Arbitraries.oneOf(
                odd, Arbitraries.strings().ofMaxLength(6), Arbitraries.of("null", "NULL", ""));
    }

    @Property(tries = 2000)
    void aListIsReadAsItWas(@ForAll("manyTexts") List<String> values) {
        String list = Condition.of("a", "in", values, JSON).value();
        var expected = new LinkedHashSet<>(values);
        assertThat(new LinkedHashSet<>(new Reader(list).list())).isEqualTo(expected);
    }

    @Provide
    Arbitrary<List<String>> manyTexts() {
        return texts().list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 2000)
    void aTreeIsReadAsItWas(@ForAll("manyTexts") List<String> values) {
        String tree =
                Conditions.tree(
                        JSON,
                        any -> {
                            for (String value : values) {
                                any.eq("a", value).in("b", List.of(value, "x"));
                            }
                        });
        var expected = new ArrayList<>();
        for (String value : values) {
            expected.add(value);
            expected.add(new ArrayList<>(new LinkedHashSet<>(List.of(value, "x"))));
        }
        assertThat(new Reader(tree).tree()).isEqualTo(expected);
    }

    @Property(tries = 2000)
    void anArrayIsReadAsItWas(@ForAll("elements") List<@Nullable Object> values) {
        assertThat(new Reader(Condition.of("a", "cs", values, JSON).value()).array())
                .isEqualTo(values);
    }

    @Property(tries = 500)
    void anArrayInATreeIsReadAsItWas(@ForAll("elements") List<@Nullable Object> values) {
        String tree = Conditions.tree(JSON, any -> any.eq("a", values));
        String array = (String) new Reader(tree).tree().get(0);
        assertThat(new Reader(array).array()).isEqualTo(values);
    }

    @Provide
    Arbitrary<List<@Nullable Object>> elements() {
        Arbitrary<Object> text = texts().map(value -> value);
        Arbitrary<@Nullable Object> element = text.injectNull(0.1);
        Arbitrary<Object> nested = element.list().ofMaxSize(3).map(value -> value);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(5, element), net.jqwik.api.Tuple.of(1, nested))
                .list()
                .ofMaxSize(5);
    }

    /// Reads what the server would.
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        /// `(a,"b,c")`: a quoted element ends before a comma or a parenthesis, any other at one.
        List<String> list() {
            var elements = new ArrayList<String>();
            take('(');
            do {
                elements.add(element());
            } while (more(')'));
            return elements;
        }

        /// `(a.eq.x,b.in.(y,z))`: the values, those of `in` as lists.
        List<Object> tree() {
            var values = new ArrayList<Object>();
            take('(');
            do {
                String operator = text.substring(at + 2, text.indexOf('.', at + 2));
                at += 2 + operator.length() + 1;
                values.add(operator.equals("in") ? list() : element());
            } while (more(')'));
            assertThat(at).isEqualTo(text.length());
            return values;
        }

        /// `{a,"b,c",NULL,{d}}`, as PostgreSQL reads it.
        List<@Nullable Object> array() {
            var elements = new ArrayList<@Nullable Object>();
            take('{');
            if (text.charAt(at) == '}') {
                at++;
                return elements;
            }
            do {
                elements.add(arrayElement());
            } while (more('}'));
            return elements;
        }

        private @Nullable Object arrayElement() {
            if (text.charAt(at) == '{') {
                return array();
            }
            if (text.charAt(at) == '"') {
                return quoted();
            }
            String plain = until(",{}");
            assertThat(plain).isNotEmpty().isEqualTo(plain.strip()).doesNotContain("\"", "\\");
            return plain.equalsIgnoreCase("null") ? null : plain;
        }

        private String element() {
            if (text.charAt(at) == '"') {
                return quoted();
            }
            return until(",)");
        }

        private String quoted() {
            var value = new StringBuilder();
            take('"');
            for (; text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\') {
                    at++;
                }
                value.append(text.charAt(at));
            }
            take('"');
            return value.toString();
        }

        private String until(String ends) {
            int start = at;
            while (ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private boolean more(char end) {
            assertThat(text.charAt(at)).isIn(',', end);
            return text.charAt(at++) == ',';
        }

        private void take(char expected) {
            assertThat(text.charAt(at++)).isEqualTo(expected);
        }
    }
}
