package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;
import java.util.stream.Collectors;

class StatementSplitterPropertiesTest {

    @Property
    void givesBackTheStatementsThatWereJoined(@ForAll("statements") List<String> statements) {
        String script = String.join(";\n", statements) + ";\n";

        assertThat(StatementSplitter.split(script))
                .extracting(SqlStatement::text)
                .isEqualTo(statements);
    }

    @Property
    void pointsAtTheLineOnWhichAStatementBegins(@ForAll("statements") List<String> statements) {
        String script = String.join(";\n", statements);
        List<String> lines = script.lines().toList();

        assertThat(StatementSplitter.split(script))
                .allSatisfy(
                        statement ->
                                assertThat(lines.get(statement.line() - 1))
                                        .contains(statement.text().lines().findFirst().orElse("")));
    }

    @Property
    void losesNothingOfAnyTextButSpaceAndSemicolons(@ForAll("anything") String script) {
        String found =
                StatementSplitter.split(script).stream()
                        .map(SqlStatement::text)
                        .collect(Collectors.joining());

        assertThat(script).containsSubsequence(found.split(""));
    }

    @Provide
    Arbitrary<List<String>> statements() {
        Arbitrary<String> pieces =
                Arbitraries.of(
                        "a",
                        "b$c$",
                        "$1",
                        "'x;y'",
                        "'it''s;'",
                        "'back\\'",
                        "e'q\\';'",
                        "E'\\\\'",
                        "\"n;\"\"m\"",
                        "$$;$$",
                        "$t$ ; $$ ; $t$",
                        "(p; q)",
                        "/* ; ' */",
                        "/* a /* ; */ ; */",
                        "-- ; '\n",
                        "u&'\\0041;'",
                        "::text",
                        "->> 'k'",
                        "- 1",
                        "/ 2");
        return pieces.list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(parts -> "select " + String.join(" ", parts) + " as z")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.strings().withChars("ae'\"$;()-/*\\ \nbeginatomcd").ofMaxLength(60);
    }
}
