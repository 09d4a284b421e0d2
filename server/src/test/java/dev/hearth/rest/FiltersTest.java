package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Conditions on columns (PostgREST: `Feature/Query/QuerySpec`).
@Tag("all-postgres")
class FiltersTest {

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
    void compares() {
        assertThat(ids("id=eq.2")).isEqualTo("200 2");
        assertThat(ids("id=neq.2")).isEqualTo("200 1,3,4");
        assertThat(ids("id=gt.2")).isEqualTo("200 3,4");
        assertThat(ids("id=gte.2")).isEqualTo("200 2,3,4");
        assertThat(ids("id=lt.2")).isEqualTo("200 1");
        assertThat(ids("id=lte.2")).isEqualTo("200 1,2");
    }

    @Test
    void appliesEveryFilterOfOneColumn() {
        assertThat(ids("id=gt.1&id=lt.4")).isEqualTo("200 2,3");
    }

    @Test
    void negatesEveryOperator() {
        assertThat(ids("id=not.eq.2")).isEqualTo("200 1,3,4");
        assertThat(ids("id=not.in.(1,2)")).isEqualTo("200 3,4");
        assertThat(ids("amount=not.is.null")).isEqualTo("200 1,2,4");
        assertThat(ids("name=not.like.ap*")).isEqualTo("200 2,3,4");
        assertThat(ids("tags=not.cs.{red}")).isEqualTo("200 2,3");
    }

    @Test
    void matchesPatternsWithStarsForPercentSigns() {
        assertThat(ids("name=like.ap*")).isEqualTo("200 1");
        assertThat(ids("name=ilike.AP*")).isEqualTo("200 1,2");
        assertThat(ids("name=like.%25weet")).isEqualTo("200 3");
    }

    @Test
    void matchesRegularExpressions() {
        assertThat(ids("name=match.^a.*e$")).isEqualTo("200 1");
        assertThat(ids("name=imatch.^A")).isEqualTo("200 1,2");
        assertThat(ids("name=not.imatch.^A")).isEqualTo("200 3,4");
    }

    @Test
    void findsOneOfAList() {
        assertThat(ids("id=in.(1,3,99)")).isEqualTo("200 1,3");
        assertThat(ids("id=in.( 1 )")).isEqualTo("200 1");
        assertThat(ids("id=in.()")).isEqualTo("200 ");
        assertThat(ids("name=in.(\"plum, sweet\",apple)")).isEqualTo("200 1,3");
        assertThat(ids("name=in.(\"say \\\"hi\\\"\")")).isEqualTo("200 4");
    }

    @Test
    void testsForNullAndTruthInAnyCase() {
        assertThat(ids("amount=is.null")).isEqualTo("200 3");
        assertThat(ids("amount=is.not_null")).isEqualTo("200 1,2,4");
        assertThat(ids("amount=not.is.not_null")).isEqualTo("200 3");
        assertThat(ids("done=is.true")).isEqualTo("200 1,4");
        assertThat(ids("done=is.FALSE")).isEqualTo("200 2");
        assertThat(ids("done=is.Unknown")).isEqualTo("200 3");
    }

    @Test
    void refusesAnotherTest() {
        assertThat(read("/samples?done=is.maybe"))
                .startsWith("400 {'code':'PGRST100'")
                .contains("'message':''failed to parse filter (is.maybe)' (line 1, column");
    }

    @Test
    void tellsDistinctNullsApart() {
        assertThat(ids("amount=isdistinct.1.5")).isEqualTo("200 2,3,4");
        assertThat(ids("amount=not.isdistinct.1.5")).isEqualTo("200 1");
    }

    @Test
    void comparesArrays() {
        assertThat(ids("tags=cs.{round}")).isEqualTo("200 1,2");
        assertThat(ids("tags=cd.{red,round,big}")).isEqualTo("200 1,3");
        assertThat(ids("tags=ov.{red,orange}")).isEqualTo("200 1,2");
        assertThat(ids("tags=eq.{}")).isEqualTo("200 3");
    }

    @Test
    void comparesRanges() {
        assertThat(ids("span=cs.[3,4)")).isEqualTo("200 1");
        assertThat(ids("span=ov.[4,6)")).isEqualTo("200 1,2");
        assertThat(ids("span=cd.[0,10)")).isEqualTo("200 1,2,4");
        assertThat(ids("span=sl.[9,10)")).isEqualTo("200 1,2");
        assertThat(ids("span=sr.[5,9)")).isEqualTo("200 3");
        assertThat(ids("span=nxr.[1,9)")).isEqualTo("200 1,2");
        assertThat(ids("span=nxl.[5,9)")).isEqualTo("200 2,3");
        assertThat(ids("span=adj.[5,9)")).isEqualTo("200 1");
    }

    @Test
    void comparesWithAnyOrAllOfSeveralValues() {
        assertThat(ids("id=eq(any).{1,3}")).isEqualTo("200 1,3");
        assertThat(ids("id=gt(all).{1,2}")).isEqualTo("200 3,4");
        assertThat(ids("name=ilike(any).{ap*,*hi*}")).isEqualTo("200 1,2,4");
        assertThat(ids("name=ilike(all).{a*,*t}")).isEqualTo("200 2");
        assertThat(ids("name=match(any).{^p,^s}")).isEqualTo("200 3,4");
        assertThat(ids("id=not.eq(any).{1,3}")).isEqualTo("200 2,4");
    }

    @Test
    void refusesAQuantifierWhereItHasNoMeaning() {
        assertThat(api.get("/samples?id=neq(any).{1}").ask().refusal()).isEqualTo("400 PGRST100");
        assertThat(api.get("/samples?id=in(any).(1)").ask().refusal()).isEqualTo("400 PGRST100");
    }

    @Test
    void filtersAndOrdersByAComputedField() {
        assertThat(read("/samples?select=id,shouting,twice&shouting=eq.APPLE"))
                .isEqualTo("200 [{'id':1,'shouting':'APPLE','twice':3.0}]");
        assertThat(read("/samples?select=id&twice=not.is.null&order=twice.desc"))
                .isEqualTo("200 [{'id':4},{'id':2},{'id':1}]");
    }

    @Test
    void leavesComputedFieldsOutOfAllColumns() {
        assertThat(api.get("/samples?id=eq.1").ask().json().path(0).has("shouting")).isFalse();
    }

    @Test
    void comparesDatesAndWhateverElseTheDatabaseReads() {
        assertThat(ids("born=gt.2001-12-31")).isEqualTo("200 2,4");
        assertThat(read("/samples?born=eq.yesterdayish"))
                .isEqualTo(
                        "400 {'code':'22007','details':null,'hint':null,'message':'invalid input"
                                + " syntax for type date: 'yesterdayish''}");
        assertThat(api.get("/samples?id=eq.one").ask().refusal()).isEqualTo("400 22P02");
    }

    @Test
    void takesADecodedValueForWhatItIs() {
        assertThat(ids("name=eq.plum,+sweet")).isEqualTo("200 3");
        assertThat(ids("name=eq.say%20%22hi%22")).isEqualTo("200 4");
        assertThat(ids("name=eq.%27%20or%201=1--")).isEqualTo("200 ");
    }

    @Test
    void refusesAnUnknownOperatorByName() {
        assertThat(read("/samples?id=noop.1"))
                .isEqualTo(
                        "400 {'code':'PGRST100','details':'unexpected 'o' expecting 'not' or"
                                + " operator (eq, gt, ...)','hint':null,'message':''failed to parse"
                                + " filter (noop.1)' (line 1, column 1)'}");
    }

    @Test
    void refusesAFilterWithoutAnOperator() {
        assertThat(read("/samples?id=1"))
                .isEqualTo(
                        "400 {'code':'PGRST100','details':'unexpected '1' expecting 'not' or"
                                + " operator (eq, gt, ...)','hint':null,'message':''failed to parse"
                                + " filter (1)' (line 1, column 1)'}");
    }

    @Test
    void namesAColumnThatDoesNotExist() {
        assertThat(read("/samples?wrong=eq.1"))
                .isEqualTo(
                        "400 {'code':'42703','details':null,'hint':null,"
                                + "'message':'column samples.wrong does not exist'}");
        assertThat(read("/samples?select=id,wrong"))
                .isEqualTo(
                        "400 {'code':'42703','details':null,'hint':null,"
                                + "'message':'column samples.wrong does not exist'}");
    }

    @Test
    void quotesNamesThatAreNotPlain() {
        assertThat(read("/odd%20names?select=\"a.b\",\"c,d\",\"e(f)\",\"g:h\",\"it's\""))
                .isEqualTo("200 [{'a.b':1,'c,d':2,'e(f)':3,'g:h':4,'it's':5}]");
        assertThat(read("/odd%20names?select=日本&\"a.b\"=eq.1")).isEqualTo("200 [{'日本':'ja'}]");
    }

    @Test
    void filtersColumnsThatAreCalledLikeParametersByALogicTree() {
        assertThat(read("/odd%20names?select=order,limit,select&and=(order.eq.6,limit.eq.7)"))
                .isEqualTo("200 [{'order':6,'limit':7,'select':8}]");
    }

    @Test
    void selectsRenamesAndCasts() {
        assertThat(read("/samples?select=key:id::text,name&id=eq.1"))
                .isEqualTo("200 [{'key':'1','name':'apple'}]");
        assertThat(read("/samples?select=id,id&id=eq.1")).isEqualTo("200 [{'id':1}]");
        assertThat(api.get("/samples?select=id::nonsense").ask().refusal()).isEqualTo("400 42704");
    }

    @Test
    void selectsEverythingWhereTheSelectionIsEmpty() {
        assertThat(api.get("/numbers?select=&n=eq.1").ask().compact()).isEqualTo("200 [{'n':1}]");
    }

    @Test
    void ordersByDirectionAndPlaceOfNulls() {
        assertThat(read("/samples?select=id&order=amount.desc.nullslast,id"))
                .isEqualTo("200 [{'id':4},{'id':2},{'id':1},{'id':3}]");
        assertThat(read("/samples?select=id&order=amount.nullsfirst"))
                .isEqualTo("200 [{'id':3},{'id':1},{'id':2},{'id':4}]");
        assertThat(read("/samples?select=id&order=done.asc.nullsfirst,id.desc"))
                .isEqualTo("200 [{'id':3},{'id':2},{'id':4},{'id':1}]");
    }

    @Test
    void refusesAnOrderThatDoesNotEnd() {
        assertThat(read("/samples?order=id.asc.nullslasttt"))
                .contains("'details':'unexpected 't' expecting ',' or end of input'")
                .contains(
                        "'message':''failed to parse order (id.asc.nullslasttt)' (line 1, column"
                                + " 17)'");
        assertThat(api.get("/samples?order=id.upwards").ask().refusal()).isEqualTo("400 PGRST100");
    }

    @Test
    void ignoresAParameterWithoutAValue() {
        assertThat(ids("id=eq.1&name")).isEqualTo("200 1");
    }
}
