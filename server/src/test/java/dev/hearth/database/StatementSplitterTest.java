package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

import java.util.List;

class StatementSplitterTest {

    @Test
    void endsAStatementAtASemicolon() {
        assertThat(texts("select 1; select 2")).containsExactly("select 1", "select 2");
    }

    @Test
    void leavesOutEmptyStatementsAndCommentsAlone() {
        assertThat(texts(";; -- nothing\n /* nor here */ ;\n")).isEmpty();
    }

    @Test
    void keepsTheCommentBeforeAStatement() {
        assertThat(texts("-- why\nselect 1;")).containsExactly("-- why\nselect 1");
    }

    @Test
    void readsADoubledQuoteAsPartOfTheText() {
        assertThat(texts("select 'a'';b', \"c\"\";d\";select 2"))
                .containsExactly("select 'a'';b', \"c\"\";d\"", "select 2");
    }

    @Test
    void readsABackslashAsAnOrdinaryCharacterOfPlainText() {
        assertThat(texts("select 'a\\'; select 2")).containsExactly("select 'a\\'", "select 2");
    }

    @Test
    void readsABackslashAsAnEscapeInAnEscapeString() {
        assertThat(texts("select e'a\\';b''\\';c'; select 2"))
                .containsExactly("select e'a\\';b''\\';c'", "select 2");
    }

    @Test
    void takesTheLetterEAtTheEndOfAWordForNoEscapeString() {
        assertThat(texts("select date'2000-01-01\\'; select 2")).hasSize(2);
    }

    @Test
    void keepsADollarQuotedBodyWhole() {
        assertThat(texts("do $$ begin; $x$ ; end $$; do $x$ $$ ; $x$")).hasSize(2);
    }

    @Test
    void takesADollarSignInsideAWordForNoQuote() {
        assertThat(texts("select a$b$ from t; select a$b$ from t")).hasSize(2);
    }

    @Test
    void takesAParameterForNoQuote() {
        assertThat(texts("prepare p as select $1; select $2")).hasSize(2);
    }

    @Test
    void nestsBlockComments() {
        assertThat(texts("select /* a /* ; */ ; */ 1; select 2")).hasSize(2);
    }

    @Test
    void ignoresAQuoteInsideAComment() {
        assertThat(texts("select 1 -- it's\n; select 2 /* it's */; select 3")).hasSize(3);
    }

    @Test
    void keepsARuleWithSeveralActionsWhole() {
        assertThat(
                        texts(
                                """
                                create rule r as on insert to t
                                do also (select 1; select 2); select 3
                                """))
                .hasSize(2);
    }

    @Test
    void keepsTheBodyOfBeginAtomicWhole() {
        String body =
                """
                create or replace function f(n int) returns int language sql
                begin atomic
                    select case when n > 0 then 1 else 2 end;
                    select 2;
                end\
                """;
        assertThat(texts(body + "; select 3")).containsExactly(body, "select 3");
    }

    @Test
    void endsTheBeginOfATransactionAtItsSemicolon() {
        assertThat(texts("begin; select 1; commit; end;")).hasSize(4);
    }

    @Test
    void makesALineWithABackslashAStatementOfItsOwn() {
        assertThat(texts("\\restrict abc\nselect 1;\n\\unrestrict abc"))
                .containsExactly("\\restrict abc", "select 1", "\\unrestrict abc");
    }

    @Test
    void runsAnUnendedQuoteToTheEnd() {
        assertThat(texts("select 'a; select 2")).containsExactly("select 'a; select 2");
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(texts("\uFEFFselect 1;")).containsExactly("select 1");
    }

    @Test
    void countsLinesFromOne() {
        assertThat(StatementSplitter.split("select 1;\n\n-- c\nselect\n2;\r\nselect 3"))
                .extracting(SqlStatement::line, statement -> statement.lineAt(0))
                .containsExactly(tuple(1, 1), tuple(3, 4), tuple(6, 6));
    }

    @Test
    void findsTheLineOfAPosition() {
        var statement = StatementSplitter.split("\n-- c\nselect\n  nope;").getFirst();
        assertThat(statement.lineAt(statement.text().indexOf("nope") + 1)).isEqualTo(4);
    }

    private static List<String> texts(String script) {
        return StatementSplitter.split(script).stream().map(SqlStatement::text).toList();
    }
}
