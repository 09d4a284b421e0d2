package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// Rows that are changed by PATCH: which, to what, and what is answered. The transactions of these
/// requests are rolled back.
@Tag("all-postgres")
class UpdatesTest {

    private static final String SHOW = "return=representation";

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        Map.of("PGRST_DB_TX_END", "rollback-allow-override"),
                        TestApi.resource("/rest/workshop.sql"));
    }

    private static TestApi.Call update(String target, String json) {
        return api.call("PATCH", target).sends(json);
    }

    @Test
    void answersWithoutABodyUnlessOneIsWanted() {
        for (String preference : new String[] {"handling=lenient", "return=minimal"}) {
            var reply = update("/tools?id=eq.1", "{'price':11}").prefer(preference).ask();

            assertThat(reply.whole()).isEqualTo("204 ");
            assertThat(reply.header("Content-Type")).isEmpty();
            assertThat(reply.header("Content-Length")).isEmpty();
            assertThat(reply.header("Content-Range")).contains("0-0/*");
        }
    }

    @Test
    void showsTheChangedRowsAsTheyWereSelected() {
        var reply =
                update("/tools?id=lt.3&select=name,makers(name)&order=id.desc", "{'price':11}")
                        .prefer(SHOW)
                        .prefer("count=exact")
                        .ask();

        assertThat(reply.said())
                .isEqualTo(
                        "200 [{'name':'saw','makers':{'name':'Bolt'}},"
                                + "{'name':'hammer','makers':{'name':'Acme'}}]");
        assertThat(reply.header("Content-Range")).contains("0-1/2");
        assertThat(reply.header("Preference-Applied")).contains(SHOW + ", count=exact");
    }

    @Test
    void changesNothingWithoutAComplaintWhereNothingMatches() {
        var reply = update("/tools?id=eq.9", "{'price':11}").ask();
        assertThat(reply.whole()).isEqualTo("204 ");
        assertThat(reply.header("Content-Range")).contains("*/*");

        var shown = update("/tools?id=eq.9", "{'price':11}").prefer(SHOW).prefer("count=exact");
        assertThat(shown.ask().said()).isEqualTo("200 []");
        assertThat(shown.ask().header("Content-Range")).contains("*/0");
    }

    @Test
    void changesNothingByAnEmptyObject() {
        assertThat(update("/tools?id=eq.1", "{}").prefer(SHOW).ask().said()).isEqualTo("200 []");
        assertThat(update("/tools?id=eq.1", "[]").prefer(SHOW).ask().said()).isEqualTo("200 []");
        var reply = update("/tools?id=eq.1", "{}").ask();
        assertThat(reply.whole()).isEqualTo("204 ");
        assertThat(reply.header("Content-Range")).contains("*/*");
    }

    @Test
    void showsRowsThatTheFiltersDoNotMatchAnyMore() {
        assertThat(
                        update("/tools?price=gt.9&or=(id.eq.1,id.eq.3)&select=id", "{'price':1}")
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("200 [{'id':1}]");
    }

    @Test
    void filtersWhatIsEmbeddedInTheAnswerOnly() {
        assertThat(
                        update(
                                        "/makers?id=eq.1&select=id,tools(id)&tools.id=gt.1"
                                                + "&tools.or=(id.eq.2,id.eq.3)",
                                        "{'name':'x'}")
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("200 [{'id':1,'tools':[]}]");
    }

    @Test
    void setsAColumnToNull() {
        assertThat(
                        update("/tools?id=eq.1&select=price", "{'price':null}")
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("200 [{'price':null}]");
    }

    @Test
    void setsColumnsThatAreLeftOutToNullOrTheDefault() {
        String target = "/tools?id=eq.1&columns=name,price&select=name,price";

        assertThat(update(target, "{'name':'axe','maker':9}").prefer(SHOW).ask().said())
                .isEqualTo("200 [{'name':'axe','price':null}]");
        var reply = update(target, "{'name':'axe'}").prefer(SHOW).prefer("missing=default").ask();
        assertThat(reply.said()).isEqualTo("200 [{'name':'axe','price':1.5}]");
        assertThat(reply.header("Preference-Applied")).contains("missing=default, " + SHOW);
    }

    @Test
    void refusesToChangeEveryRow() {
        var reply = update("/tools", "{'price':11}").ask();

        assertThat(reply.refusal()).isEqualTo("400 21000");
        assertThat(reply.json().path("message").asText())
                .isEqualTo("UPDATE requires a WHERE clause");
    }

    @Test
    void doesNotLimitWhatItChanges() {
        assertThat(
                        update("/tools?id=gt.0&limit=1&select=id&order=id", "{'price':1}")
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("200 [{'id':1},{'id':2},{'id':3}]");
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(update("/tool?id=eq.1", "{'price':1}").ask().refusal())
                .isEqualTo("404 PGRST205");
        assertThat(update("/tools?id=eq.1", "{'size':1}").ask().refusal())
                .isEqualTo("400 PGRST204");
        assertThat(update("/tools?id=eq.1&columns=size", "{}").ask().refusal())
                .isEqualTo("400 PGRST204");
        assertThat(update("/tools?size=eq.1", "{'price':1}").ask().refusal())
                .isEqualTo("400 42703");
    }

    @Test
    void refusesToSetWhatIsGenerated() {
        api.post("/tickets", "{\"id\":1,\"title\":\"a\"}").prefer("tx=commit").ask();

        assertThat(update("/tickets?id=eq.1", "{'shout':'B'}").ask().refusal())
                .isEqualTo("400 428C9");
        assertThat(
                        update("/tickets?id=eq.1&select=shout", "{'title':'b'}")
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("200 [{'shout':'B'}]");
    }

    @Test
    void changesThroughViewsAndPartitions() {
        assertThat(update("/cheap_tools?id=eq.1", "{'price':1}").prefer(SHOW).ask().said())
                .isEqualTo("200 [{'id':1,'name':'hammer','price':1}]");
        assertThat(update("/loud_tools?id=eq.1", "{'name':'AXE'}").prefer(SHOW).ask().said())
                .isEqualTo("200 [{'id':1,'name':'AXE'}]");
        assertThat(update("/events?name=eq.fair", "{'seats':1}").prefer(SHOW).ask().said())
                .isEqualTo("200 [{'day':'2020-05-01','name':'fair','seats':1}]");
        assertThat(update("/tool_count?count=eq.3", "{'count':1}").ask().refusal())
                .isEqualTo("500 55000");
    }

    @Test
    void readsAndWritesADomainInTheFormOfItsClients() {
        assertThat(
                        update("/paints?shade=eq.%23ff0000", "{'shade':'#00ff00'}")
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("200 [{'id':1,'name':'red','shade':'#00ff00'}]");
    }

    @Test
    void refusesOtherThanOneRowWhereOneIsWanted() {
        String one = "application/vnd.pgrst.object+json";

        assertThat(update("/marks?id=eq.1", "{'id':9}").prefer(SHOW).accept(one).ask().said())
                .isEqualTo("200 {'id':9}");
        assertThat(update("/tools?id=gt.1", "{'price':9}").accept(one).ask().refusal())
                .isEqualTo("406 PGRST116");
        assertThat(update("/tools?id=eq.9", "{'price':9}").accept(one).ask().refusal())
                .isEqualTo("406 PGRST116");
    }

    @Test
    void changesTheRowsOfTheCallerOnly() {
        assertThat(update("/diary?id=gt.0", "{'entry':'x'}").ask().refusal())
                .isEqualTo("401 42501");
        assertThat(update("/diary?id=gt.0", "{'entry':'x'}").as("ann").prefer(SHOW).ask().said())
                .isEqualTo("200 [{'id':1,'owner':'ann','entry':'x'}]");
        assertThat(update("/diary?id=eq.1", "{'owner':'bob'}").as("ann").ask().refusal())
                .isEqualTo("403 42501");
        assertThat(
                        update("/diary?id=gt.0&select=id&order=id", "{'entry':'x'}")
                                .asService()
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("200 [{'id':1},{'id':2}]");
    }

    @Test
    void needsTheRightsToTheColumnsThatAreWrittenAndShown() {
        assertThat(update("/forms?id=eq.1", "{'answer':'no'}").ask().whole()).isEqualTo("204 ");
        assertThat(update("/forms?id=eq.1", "{'remark':'no'}").ask().refusal())
                .isEqualTo("401 42501");
        assertThat(update("/forms?remark=eq.x", "{'answer':'no'}").ask().refusal())
                .isEqualTo("401 42501");
        assertThat(update("/forms?id=eq.1", "{'answer':'no'}").prefer(SHOW).ask().refusal())
                .isEqualTo("401 42501");
        assertThat(
                        update("/forms?id=eq.1&select=answer", "{'answer':'no'}")
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("200 [{'answer':'no'}]");
    }
}
