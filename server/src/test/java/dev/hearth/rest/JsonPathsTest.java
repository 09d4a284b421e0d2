package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Parts of documents, arrays and composites (PostgREST: `Feature/Query/JsonOperatorSpec`).
@Tag("all-postgres")
class JsonPathsTest {

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
    void selectsAPartAsJsonOrAsText() {
        assertThat(read("/samples?select=data->a->b,data->>n&id=eq.1"))
                .isEqualTo("200 [{'b':[10,20],'n':'1'}]");
        assertThat(read("/samples?select=plain->k&id=eq.1")).isEqualTo("200 [{'k':'v'}]");
    }

    @Test
    void selectsByPlaceFromEitherEnd() {
        assertThat(read("/samples?select=data->a->b->>0&id=eq.1")).isEqualTo("200 [{'b':'10'}]");
        assertThat(read("/samples?select=last:data->a->b->-1&id=eq.1"))
                .isEqualTo("200 [{'last':20}]");
        assertThat(read("/samples?select=data->0,data->1->deep&id=eq.3"))
                .isEqualTo("200 [{'data':'first','deep':true}]");
    }

    @Test
    void takesDigitsThatAreNotAllOfAWordForAKey() {
        assertThat(read("/samples?select=data->0x&id=eq.3")).isEqualTo("200 [{'0x':null}]");
    }

    @Test
    void takesKeysWithHyphensAndQuotedOnes() {
        assertThat(read("/samples?select=data->a->c-d&id=eq.1")).isEqualTo("200 [{'c-d':'x'}]");
        assertThat(read("/samples?select=data->a->>\"c-d\"&id=eq.1"))
                .isEqualTo("200 [{'c-d':'x'}]");
    }

    @Test
    void renamesAndCasts() {
        assertThat(read("/samples?select=first:data->a->b->>0::int&id=eq.1"))
                .isEqualTo("200 [{'first':10}]");
    }

    @Test
    void isNullWhereThereIsNoSuchPart() {
        assertThat(read("/samples?select=data->a->nothing->more&id=eq.1"))
                .isEqualTo("200 [{'more':null}]");
    }

    @Test
    void filtersByAPart() {
        assertThat(ids("data->>n=eq.2")).isEqualTo("200 2");
        assertThat(ids("data->n=gt.1")).isEqualTo("200 2");
        assertThat(ids("data->a->b->>0=in.(10,30)")).isEqualTo("200 1,2");
        assertThat(ids("data->a->c-d=not.is.null")).isEqualTo("200 1");
        assertThat(ids("plain->>k=like.v*")).isEqualTo("200 1");
        assertThat(ids("data->a=cs.{\"c-d\":\"x\"}")).isEqualTo("200 1");
    }

    @Test
    void ordersByAPart() {
        assertThat(read("/samples?select=id&order=data->n.desc.nullslast,id"))
                .isEqualTo("200 [{'id':2},{'id':1},{'id':3},{'id':4}]");
        assertThat(read("/samples?select=id&data->>n=not.is.null&order=data->a->b->>0.asc"))
                .isEqualTo("200 [{'id':1},{'id':2}]");
    }

    @Test
    void takesApartWhatIsNoDocument() {
        assertThat(read("/samples?select=tags->0,span->lower&id=eq.1"))
                .isEqualTo("200 [{'tags':'red','lower':null}]");
        assertThat(ids("tags->>1=eq.round")).isEqualTo("200 1,2");
    }

    @Test
    void refusesAPathThatEndsInNothing() {
        assertThat(read("/samples?select=data->>--34"))
                .isEqualTo(
                        "400 {'code':'PGRST100','details':'unexpected '-' expecting"
                                + " digit','hint':null,'message':''failed to parse select parameter"
                                + " (data->>--34)' (line 1, column 9)'}");
        assertThat(api.get("/samples?select=data->(x").ask().json().path("details").asText())
                .isEqualTo(
                        "unexpected \"(\" expecting \"-\", digit or any non reserved character"
                                + " different from: .,>()");
    }
}
