package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Conditions joined by and, or and not (PostgREST: `Feature/Query/AndOrParamsSpec`).
@Tag("all-postgres")
class LogicTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/samples.sql"));
    }

    private static String read(String target) {
        return api.get(target).ask().compact();
    }

    private static String ids(String filter) {
        return api.get("/samples?select=id&order=id&" + filter)
                .ask()
                .compact()
                .replaceAll("[^0-9 ,]", "");
    }

    @Test
    void joinsByOr() {
        assertThat(ids("or=(id.eq.1,id.eq.4)")).isEqualTo("200 1,4");
    }

    @Test
    void joinsByAnd() {
        assertThat(ids("and=(id.gt.1,id.lt.4)")).isEqualTo("200 2,3");
    }

    @Test
    void joinsSeveralTreesAndPlainFiltersByAnd() {
        assertThat(ids("or=(id.eq.1,id.eq.2)&or=(id.eq.2,id.eq.3)&id=lt.9")).isEqualTo("200 2");
    }

    @Test
    void negatesTreesAndTerms() {
        assertThat(ids("not.or=(id.eq.1,id.eq.4)")).isEqualTo("200 2,3");
        assertThat(ids("not.and=(id.gt.1,id.lt.4)")).isEqualTo("200 1,4");
        assertThat(ids("or=(id.not.lt.4,not.and(id.gt.1,id.lt.5))")).isEqualTo("200 1,4");
    }

    @Test
    void nests() {
        assertThat(ids("or=(id.eq.1,and(id.gt.2,or(id.eq.3,id.eq.5)))")).isEqualTo("200 1,3");
    }

    @Test
    void takesEveryOperator() {
        assertThat(ids("or=(name.like.ap*,amount.is.null)")).isEqualTo("200 1,3");
        assertThat(ids("or=(id.in.(1,2),done.is.unknown)")).isEqualTo("200 1,2,3");
        assertThat(ids("or=(tags.cs.{red,round},span.cs.\"[7,8)\")")).isEqualTo("200 1,2");
        assertThat(ids("or=(span.ov.\"[1,2)\",id.eq.4)")).isEqualTo("200 1,4");
        assertThat(ids("or=(words.fts(english).dog,amount.isdistinct.1.5)"))
                .isEqualTo("200 1,2,3,4");
        assertThat(ids("or=(id.eq(any).{1,2},name.ilike(all).{p*,*t})")).isEqualTo("200 1,2,3");
    }

    @Test
    void quotesValues() {
        assertThat(ids("or=(name.eq.\"plum, sweet\",name.eq.apple)")).isEqualTo("200 1,3");
        assertThat(ids("or=(name.eq.\"say \\\"hi\\\"\",id.eq.1)")).isEqualTo("200 1,4");
    }

    @Test
    void takesPathsIntoDocuments() {
        assertThat(ids("or=(data->n.eq.2,data->a->b->>0.eq.10)")).isEqualTo("200 1,2");
    }

    @Test
    void toleratesBlanks() {
        assertThat(ids("or=( id.eq.1 , and( id.gt.2 , id.lt.4 ) )")).isEqualTo("200 1,3");
    }

    @Test
    void takesATreeOfOneTerm() {
        assertThat(ids("or=(id.eq.1)")).isEqualTo("200 1");
    }

    @Test
    void refusesAnEmptyTree() {
        assertThat(read("/samples?or=()"))
                .isEqualTo(
                        "400 {'code':'PGRST100','details':'unexpected ')' expecting field name (*"
                            + " or [a..z0..9_$]), negation operator (not) or logic operator (and,"
                            + " or)','hint':null,'message':''failed to parse logic tree (())' (line"
                            + " 1, column 4)'}");
    }

    @Test
    void refusesATreeThatIsNotClosed() {
        assertThat(api.get("/samples?or=(id.eq.1,").ask().refusal()).isEqualTo("400 PGRST100");
        assertThat(api.get("/samples?or=(id.1)").ask().refusal()).isEqualTo("400 PGRST100");
    }

    @Test
    void takesAWordThatIsNoOperatorForAColumn() {
        assertThat(api.get("/samples?nor=(id.eq.1)").ask().refusal()).isEqualTo("400 PGRST100");
    }
}
