package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// Rows that are inserted or overwritten, by POST with a resolution and by PUT. The transactions of
/// these requests are rolled back.
@Tag("all-postgres")
class UpsertsTest {

    private static final String SHOW = "return=representation";

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        Map.of("PGRST_DB_TX_END", "rollback-allow-override"),
                        TestApi.resource("/rest/workshop.sql"));
    }

    private static final String MERGE = "resolution=merge-duplicates";
    private static final String IGNORE = "resolution=ignore-duplicates";

    private static TestApi.Call post(String target, String json) {
        return api.call("POST", target).sends(json).prefer(SHOW);
    }

    private static TestApi.Call put(String target, String json) {
        return api.call("PUT", target).sends(json).prefer(SHOW);
    }

    @Test
    void overwritesTheColumnsThatTheBodyHas() {
        var reply =
                post("/tools", "[{'id':1,'name':'maul'},{'id':4,'name':'axe'}]")
                        .prefer(MERGE)
                        .ask();

        assertThat(reply.said())
                .isEqualTo(
                        "201 [{'id':1,'name':'maul','price':10,'maker':1},"
                                + "{'id':4,'name':'axe','price':1.5,'maker':null}]");
        assertThat(reply.header("Preference-Applied")).contains(MERGE + ", " + SHOW);
    }

    @Test
    void answers200WhereNothingIsNew() {
        assertThat(post("/tools?select=name", "{'id':1,'name':'maul'}").prefer(MERGE).ask().said())
                .isEqualTo("200 [{'name':'maul'}]");
        assertThat(post("/tools", "[]").prefer(MERGE).ask().said()).isEqualTo("200 []");
    }

    @Test
    void leavesRowsThatAreThereAlone() {
        var reply =
                post("/tools?select=id", "[{'id':1,'name':'maul'},{'id':4,'name':'axe'}]")
                        .prefer(IGNORE)
                        .ask();

        assertThat(reply.said()).isEqualTo("201 [{'id':4}]");
        assertThat(reply.header("Preference-Applied")).contains(IGNORE + ", " + SHOW);
        assertThat(post("/tools", "{'id':1,'name':'maul'}").prefer(IGNORE).ask().said())
                .isEqualTo("201 []");
    }

    @Test
    void knowsRowsByKeysOfSeveralColumnsAndOfPartitions() {
        assertThat(
                        post("/places?select=tool", "{'shelf':'a','row':1,'tool':'axe'}")
                                .prefer(MERGE)
                                .ask()
                                .said())
                .isEqualTo("200 [{'tool':'axe'}]");
        assertThat(
                        post("/events?select=seats", "{'day':'2020-05-01','name':'fair','seats':3}")
                                .prefer(MERGE)
                                .ask()
                                .said())
                .isEqualTo("200 [{'seats':3}]");
    }

    @Test
    void knowsRowsByAnotherKeyWhereThatIsNamed() {
        String row = "{'id':9,'code':'SPRING','worth':6}";

        assertThat(
                        post("/coupons?on_conflict=code&select=id,worth", row)
                                .prefer(MERGE)
                                .ask()
                                .said())
                .isEqualTo("200 [{'id':9,'worth':6}]");
        assertThat(post("/coupons?on_conflict=code", row).prefer(IGNORE).ask().said())
                .isEqualTo("201 []");
        assertThat(post("/coupons", row).prefer(MERGE).ask().refusal()).isEqualTo("409 23505");
    }

    @Test
    void cannotKnowRowsByAPartialIndexOrNoKey() {
        assertThat(
                        post("/coupons?on_conflict=worth", "{'id':9,'worth':5}")
                                .prefer(MERGE)
                                .ask()
                                .refusal())
                .isEqualTo("400 42P10");
        assertThat(
                        post("/coupons?on_conflict=size", "{'id':9,'worth':5}")
                                .prefer(MERGE)
                                .ask()
                                .refusal())
                .isEqualTo("400 42703");
    }

    @Test
    void takesNoNoticeOfAResolutionWithoutAKey() {
        var reply = post("/remarks", "{'author':'ann','remark':'good'}").prefer(MERGE).ask();

        assertThat(reply.said()).isEqualTo("201 [{'author':'ann','remark':'good'}]");
        assertThat(reply.header("Preference-Applied")).contains(SHOW);
    }

    @Test
    void overwritesARowThatHasNothingButItsKey() {
        assertThat(post("/marks", "[{'id':1},{'id':3}]").prefer(MERGE).ask().said())
                .isEqualTo("201 [{'id':1},{'id':3}]");
    }

    @Test
    void makesKeysOfRowsThatHaveNone() {
        assertThat(
                        post(
                                        "/tickets?columns=id,title&select=title",
                                        "[{'id':1,'title':'a'},{'title':'b'}]")
                                .prefer(MERGE)
                                .prefer("missing=default")
                                .ask()
                                .said())
                .isEqualTo("201 [{'title':'a'},{'title':'b'}]");
    }

    @Test
    void refusesOneRowTwice() {
        assertThat(post("/marks", "[{'id':3},{'id':3}]").prefer(MERGE).ask().refusal())
                .isEqualTo("500 21000");
    }

    @Test
    void putsARowThatIsNewOrThereAlready() {
        var added = put("/tools?id=eq.4", "{'id':4,'name':'axe','price':2,'maker':1}");
        assertThat(added.ask().said()).isEqualTo("201 [{'id':4,'name':'axe','price':2,'maker':1}]");
        assertThat(added.ask().header("Content-Range")).isEmpty();
        assertThat(put("/tools?id=eq.1&select=name", "[{'id':1,'name':'maul'}]").ask().said())
                .isEqualTo("200 [{'name':'maul'}]");
        assertThat(
                        put(
                                        "/places?shelf=eq.a&row=eq.1&select=tool",
                                        "{'shelf':'a','row':1,'tool':'axe'}")
                                .ask()
                                .said())
                .isEqualTo("200 [{'tool':'axe'}]");
    }

    @Test
    void putsWithoutABodyUnlessOneIsWanted() {
        var reply = api.put("/marks?id=eq.7", "{\"id\":7}").ask();

        assertThat(reply.whole()).isEqualTo("204 ");
        assertThat(reply.header("Content-Type")).isEmpty();
        assertThat(reply.header("Content-Length")).isEmpty();
    }

    @Test
    void putsOnlyToAnAddressThatIsTheWholeKey() {
        String refusal =
                "405 {'code':'PGRST105','details':null,'hint':null,'message':'Filters must include"
                        + " all and only primary key columns with 'eq' operators'}";

        for (String target :
                new String[] {
                    "/places?shelf=eq.a",
                    "/places",
                    "/places?shelf=eq.a&row=gt.1",
                    "/places?shelf=eq.a&row=not.eq.1",
                    "/places?shelf=eq.a&row=in.(1)",
                    "/places?shelf=eq.a&row=eq.1&tool=eq.x",
                    "/places?and=(shelf.eq.a,row.eq.1)"
                }) {
            assertThat(put(target, "{'shelf':'a','row':1}").ask().refusal())
                    .as(target)
                    .isEqualTo("405 PGRST105");
        }
        assertThat(put("/remarks?author=eq.a", "{'author':'a'}").ask().refusal())
                .isEqualTo("405 PGRST105");
        assertThat(put("/places?shelf=eq.a", "{'shelf':'a','row':1}").ask().said())
                .isEqualTo(refusal);
    }

    @Test
    void putsNothingThatTheAddressDoesNotName() {
        String refusal =
                "400 {'code':'PGRST115','details':null,'hint':null,"
                        + "'message':'Payload values do not match URL in primary key column(s)'}";

        assertThat(put("/marks?id=eq.7", "{'id':8}").ask().said()).isEqualTo(refusal);
        assertThat(put("/tools?id=eq.7", "{'name':'axe'}").ask().refusal()).isEqualTo("400 42703");
    }

    @Test
    void putsNoPartOfATable() {
        for (String limit : new String[] {"limit=1", "offset=1"}) {
            assertThat(put("/marks?id=eq.7&" + limit, "{'id':7}").ask().said())
                    .isEqualTo(
                            "400 {'code':'PGRST114','details':null,'hint':null,"
                                    + "'message':'limit/offset querystring parameters are not"
                                    + " allowed for PUT'}");
        }
    }

    @Test
    void putsTheRowsOfTheCallerOnly() {
        assertThat(
                        put("/diary?id=eq.1&select=entry", "{'id':1,'entry':'x'}")
                                .as("ann")
                                .ask()
                                .said())
                .isEqualTo("200 [{'entry':'x'}]");
        assertThat(put("/diary?id=eq.2", "{'id':2,'entry':'x'}").as("ann").ask().refusal())
                .isEqualTo("403 42501");
        assertThat(put("/diary?id=eq.2", "{'id':2,'entry':'x'}").ask().refusal())
                .isEqualTo("401 42501");
    }
}
