package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// Rows that are inserted: what is answered, what is filled in, who may. The transactions of these
/// requests are rolled back.
@Tag("all-postgres")
class InsertsTest {

    private static final String SHOW = "return=representation";

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        Map.of("PGRST_DB_TX_END", "rollback-allow-override"),
                        TestApi.resource("/rest/workshop.sql"));
    }

    private static TestApi.Call insert(String target, String json) {
        return api.call("POST", target).sends(json);
    }

    @Test
    void answersWithoutABodyUnlessOneIsWanted() {
        for (String preference : new String[] {"handling=lenient", "return=minimal"}) {
            var reply =
                    insert("/tools?select=id", "{'id':4,'name':'axe'}").prefer(preference).ask();

            assertThat(reply.whole()).isEqualTo("201 ");
            assertThat(reply.header("Content-Length")).contains("0");
            assertThat(reply.header("Content-Type")).isEmpty();
            assertThat(reply.header("Location")).isEmpty();
            assertThat(reply.header("Content-Range")).contains("*/*");
        }
    }

    @Test
    void showsTheNewRowsAsTheyWereSelected() {
        var reply =
                insert("/tools?select=no:id,name,price::text", "{'id':4,'name':'axe'}")
                        .prefer(SHOW)
                        .ask();

        assertThat(reply.said()).isEqualTo("201 [{'no':4,'name':'axe','price':'1.5'}]");
        assertThat(reply.header("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(reply.header("Preference-Applied")).contains(SHOW);
        assertThat(reply.header("Location")).isEmpty();
    }

    @Test
    void countsTheNewRowsWhereThatIsWanted() {
        var reply =
                insert("/marks", "[{'id':3},{'id':4}]").prefer(SHOW).prefer("count=exact").ask();

        assertThat(reply.header("Content-Range")).contains("*/2");
        assertThat(reply.header("Preference-Applied")).contains(SHOW + ", count=exact");
    }

    @Test
    void embedsWhatTheNewRowsReferTo() {
        var reply =
                insert(
                                "/tools?select=name,makers(name)&order=id.desc",
                                "[{'id':4,'name':'axe','maker':1},{'id':5,'name':'awl','maker':2}]")
                        .prefer(SHOW)
                        .ask();

        assertThat(reply.said())
                .isEqualTo(
                        "201 [{'name':'awl','makers':{'name':'Bolt'}},"
                                + "{'name':'axe','makers':{'name':'Acme'}}]");
    }

    @Test
    void tellsTheAddressOfOneNewRow() {
        var reply = insert("/tools", "{'id':4,'name':'axe'}").prefer("return=headers-only").ask();

        assertThat(reply.whole()).isEqualTo("201 ");
        assertThat(reply.header("Location")).contains("/tools?id=eq.4");
        assertThat(reply.header("Preference-Applied")).contains("return=headers-only");
        assertThat(
                        insert("/places", "{'shelf':'b & ä','row':1}")
                                .prefer("return=headers-only")
                                .ask()
                                .header("Location"))
                .contains("/places?shelf=eq.b%20%26%20%C3%A4&row=eq.1");
    }

    @Test
    void tellsNoAddressOfSeveralRowsOrWithoutAKey() {
        assertThat(
                        insert("/marks", "[{'id':3},{'id':4}]")
                                .prefer("return=headers-only")
                                .ask()
                                .header("Location"))
                .isEmpty();
        assertThat(
                        insert("/remarks", "{'author':'eve'}")
                                .prefer("return=headers-only")
                                .ask()
                                .header("Location"))
                .isEmpty();
    }

    @Test
    void tellsTheAddressOfARowOfAView() {
        assertThat(
                        insert("/cheap_tools", "{'id':4,'name':'axe'}")
                                .prefer("return=headers-only")
                                .ask()
                                .header("Location"))
                .contains("/cheap_tools?id=eq.4");
    }

    @Test
    void insertsRowsOfDefaults() {
        assertThat(insert("/tickets?select=title,opened", "{}").prefer(SHOW).ask().said())
                .isEqualTo("201 [{'title':'untitled','opened':'2020-01-02'}]");
        assertThat(insert("/tickets?select=title", "[{},{}]").prefer(SHOW).ask().said())
                .isEqualTo("201 [{'title':'untitled'},{'title':'untitled'}]");
    }

    @Test
    void insertsNothingOfAnEmptyArray() {
        assertThat(insert("/tools", "[]").prefer(SHOW).ask().said()).isEqualTo("201 []");
        assertThat(insert("/tools", "[]").ask().whole()).isEqualTo("201 ");
        assertThat(insert("/tools", "[]").prefer("count=exact").ask().header("Content-Range"))
                .contains("*/0");
    }

    @Test
    void generatesIdentitiesAndColumns() {
        assertThat(insert("/tickets", "{'id':7,'title':'a'}").prefer(SHOW).ask().said())
                .isEqualTo("201 [{'id':7,'title':'a','shout':'A','opened':'2020-01-02'}]");
        assertThat(insert("/receipts?select=paid", "{'paid':3}").prefer(SHOW).ask().said())
                .isEqualTo("201 [{'paid':3}]");
    }

    @Test
    void refusesValuesForWhatIsAlwaysGenerated() {
        assertThat(insert("/receipts", "{'id':7}").ask().refusal()).isEqualTo("400 428C9");
        assertThat(insert("/tickets", "{'shout':'A'}").ask().said())
                .isEqualTo(
                        "400 {'code':'428C9','details':'Column \\'shout\\' is a generated column.',"
                                + "'hint':null,"
                                + "'message':'cannot insert a non-DEFAULT value into column"
                                + " \\'shout\\''}");
    }

    @Test
    void takesValuesOfEveryKind() {
        String row =
                "{'id':1,'flag':true,'day':'2020-02-29','mood':'sad','tags':['a','b,c'],"
                        + "'doc':{'a':[1,null]},'span':'[1,5)','real':0.25}";

        assertThat(insert("/kinds", row).prefer(SHOW).ask().said()).isEqualTo("201 [" + row + "]");
    }

    @Test
    void takesAnArrayAsTheDatabaseWritesIt() {
        assertThat(
                        insert("/kinds?select=tags", "{'id':1,'tags':'{a,b}'}")
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("201 [{'tags':['a','b']}]");
    }

    @Test
    void insertsIntoPartitionsAndOddNames() {
        assertThat(insert("/events", "{'day':'2020-06-01','name':'run'}").prefer(SHOW).ask().said())
                .isEqualTo("201 [{'day':'2020-06-01','name':'run','seats':null}]");
        assertThat(insert("/events", "{'day':'1999-06-01','name':'run'}").ask().refusal())
                .isEqualTo("400 23514");
        assertThat(
                        insert("/Odd%20Names?select=\"a.b\"", "{'the key':1,'a.b':'x','c,d':'y'}")
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("201 [{'a.b':'x'}]");
    }

    @Test
    void fillsColumnsThatObjectsLeaveOutWithNullOrTheDefault() {
        String rows = "[{'id':4,'name':'axe','price':3},{'id':5,'name':'awl'}]";
        String target = "/tools?columns=id,name,price&select=price";

        assertThat(insert(target, rows).prefer(SHOW).ask().said())
                .isEqualTo("201 [{'price':3},{'price':null}]");
        var reply = insert(target, rows).prefer(SHOW).prefer("missing=default").ask();
        assertThat(reply.said()).isEqualTo("201 [{'price':3},{'price':1.5}]");
        assertThat(reply.header("Preference-Applied")).contains("missing=default, " + SHOW);
    }

    @Test
    void fillsTheIdentityOfRowsThatHaveNone() {
        assertThat(
                        insert(
                                        "/tickets?columns=id,title&select=title,opened",
                                        "[{'title':'a'},{'id':3,'title':'b'}]")
                                .prefer(SHOW)
                                .prefer("missing=default")
                                .ask()
                                .said())
                .isEqualTo(
                        "201 [{'title':'a','opened':'2020-01-02'},"
                                + "{'title':'b','opened':'2020-01-02'}]");
    }

    @Test
    void takesOnlyTheColumnsThatAreNamed() {
        assertThat(
                        insert(
                                        "/tools?columns=\"id\",name",
                                        "{'id':4,'name':'axe','price':'dear','junk':[1]}")
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("201 [{'id':4,'name':'axe','price':1.5,'maker':null}]");
    }

    @Test
    void refusesAColumnThatIsNotThereWhereverItIsNamed() {
        String refusal =
                "400 {'code':'PGRST204','details':null,'hint':null,"
                        + "'message':'Could not find the 'size' column of 'tools' in the schema"
                        + " cache'}";

        assertThat(insert("/tools", "{'id':4,'size':1}").ask().said()).isEqualTo(refusal);
        assertThat(insert("/tools?columns=id,size", "{'id':4}").ask().said()).isEqualTo(refusal);
    }

    @Test
    void refusesATableThatIsNotThereBeforeItLooksAtTheBody() {
        assertThat(insert("/tool", "{'id'").ask().refusal()).isEqualTo("400 PGRST102");
        assertThat(insert("/tool", "{'id':1}").ask().refusal()).isEqualTo("404 PGRST205");
    }

    @Test
    void saysWhatTheDatabaseSaysOfRowsThatItRefuses() {
        assertThat(insert("/tools", "{'id':1,'name':'axe'}").ask().said())
                .isEqualTo(
                        "409 {'code':'23505','details':'Key (id)=(1) already exists.','hint':null,"
                                + "'message':'duplicate key value violates unique constraint"
                                + " \\'tools_pkey\\''}");
        assertThat(insert("/tools", "{'id':4,'name':'axe','maker':9}").ask().refusal())
                .isEqualTo("409 23503");
        assertThat(insert("/tools", "{'id':4,'name':null}").ask().refusal()).isEqualTo("400 23502");
        assertThat(insert("/tools", "{'id':'x','name':'axe'}").ask().refusal())
                .isEqualTo("400 22P02");
        assertThat(insert("/kinds", "{'id':4,'mood':'so'}").ask().refusal()).isEqualTo("400 22P02");
        assertThat(insert("/kinds", "{'id':4000000000}").ask().refusal()).isEqualTo("400 22003");
    }

    @Test
    void insertsThroughATriggerOfAView() {
        assertThat(insert("/loud_tools", "{'id':4,'name':'AXE'}").prefer(SHOW).ask().said())
                .isEqualTo("201 [{'id':4,'name':'AXE'}]");
    }

    @Test
    void refusesAViewThatCannotBeInsertedInto() {
        assertThat(insert("/tool_count", "{'count':4}").ask().refusal()).isEqualTo("500 55000");
    }

    @Test
    void readsAndWritesADomainInTheFormOfItsClients() {
        var call = insert("/paints", "[{'id':2,'name':'blue','shade':'#0000ff'}]");

        assertThat(call.prefer(SHOW).ask().said())
                .isEqualTo("201 [{'id':2,'name':'blue','shade':'#0000ff'}]");
    }

    @Test
    void refusesOtherThanOneRowWhereOneIsWanted() {
        String one = "application/vnd.pgrst.object+json";

        var reply = insert("/marks", "{'id':3}").prefer(SHOW).accept(one).ask();
        assertThat(reply.said()).isEqualTo("201 {'id':3}");
        assertThat(reply.header("Content-Type")).contains(one + "; charset=utf-8");
        assertThat(insert("/marks", "[{'id':3},{'id':4}]").prefer(SHOW).accept(one).ask().said())
                .isEqualTo(
                        "406 {'code':'PGRST116','details':'The result contains 2 rows','hint':null,"
                                + "'message':'Cannot coerce the result to a single JSON object'}");
        assertThat(insert("/marks", "[]").prefer(SHOW).accept(one).ask().refusal())
                .isEqualTo("406 PGRST116");
    }

    @Test
    void leavesNothingOfWhatItRefusesAfterwards() {
        insert("/marks", "[{'id':3},{'id':4}]")
                .prefer("tx=commit")
                .accept("application/vnd.pgrst.object+json")
                .ask();

        assertThat(api.get("/marks").ask().said()).isEqualTo("200 [{'id':1},{'id':2}]");
    }

    @Test
    void writesAsTheCallerWhomTheRowsBelongTo() {
        assertThat(insert("/diary", "{'id':3,'entry':'x'}").ask().refusal()).isEqualTo("401 42501");
        assertThat(insert("/diary", "{'id':3,'entry':'x'}").as("ann").prefer(SHOW).ask().said())
                .isEqualTo("201 [{'id':3,'owner':'ann','entry':'x'}]");
        assertThat(insert("/diary", "{'id':3,'owner':'bob'}").as("ann").ask().said())
                .isEqualTo(
                        "403 {'code':'42501','details':null,'hint':'A policy refuses the row, no"
                                + " grant is missing. Of each the row must pass one: for insert"
                                + " own.','message':'new row violates row-level security policy for"
                                + " table \\'diary\\''}");
        assertThat(insert("/diary", "{'id':3,'owner':'bob'}").asService().ask().whole())
                .isEqualTo("201 ");
    }

    @Test
    void needsNoRightToReadUnlessRowsAreShown() {
        assertThat(insert("/letterbox", "{'id':1,'letter':'hi'}").ask().whole()).isEqualTo("201 ");
        assertThat(insert("/letterbox", "{'id':1,'letter':'hi'}").prefer(SHOW).ask().refusal())
                .isEqualTo("401 42501");
        assertThat(insert("/letterbox", "{'id':1,'letter':'bomb'}").ask().refusal())
                .isEqualTo("401 42501");
    }

    @Test
    void needsTheRightsToTheColumnsThatAreWrittenAndShown() {
        assertThat(insert("/forms", "{'id':2,'answer':'no'}").ask().whole()).isEqualTo("201 ");
        assertThat(insert("/forms", "{'id':2,'remark':'no'}").ask().refusal())
                .isEqualTo("401 42501");
        assertThat(insert("/forms?select=id", "{'id':2}").prefer(SHOW).ask().said())
                .isEqualTo("201 [{'id':2}]");
        assertThat(insert("/forms", "{'id':2}").prefer(SHOW).ask().refusal())
                .isEqualTo("401 42501");
    }

    @Test
    void asksWhoIsNotKnownToSayWhoTheyAre() {
        var reply = insert("/diary", "{'id':3}").ask();

        assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
        assertThat(reply.header("Proxy-Status")).contains("PostgREST; error=42501");
    }
}
