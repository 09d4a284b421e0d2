package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// Rows that are deleted: which, and what is answered. The transactions of these requests are
/// rolled back.
@Tag("all-postgres")
class DeletionsTest {

    private static final String SHOW = "return=representation";

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        Map.of("PGRST_DB_TX_END", "rollback-allow-override"),
                        TestApi.resource("/rest/workshop.sql"));
    }

    @Test
    void answersWithoutABodyUnlessOneIsWanted() {
        for (String preference : new String[] {"handling=lenient", "return=minimal"}) {
            var reply = api.delete("/tools?id=eq.1").prefer(preference).ask();

            assertThat(reply.whole()).isEqualTo("204 ");
            assertThat(reply.header("Content-Type")).isEmpty();
            assertThat(reply.header("Content-Length")).isEmpty();
            assertThat(reply.header("Content-Range")).contains("*/*");
        }
    }

    @Test
    void showsTheDeletedRowsAsTheyWereSelected() {
        var reply =
                api.delete("/tools?id=lt.3&select=no:id,makers(name)&order=id.desc")
                        .prefer(SHOW)
                        .prefer("count=exact")
                        .ask();

        assertThat(reply.said())
                .isEqualTo(
                        "200 [{'no':2,'makers':{'name':'Bolt'}},"
                                + "{'no':1,'makers':{'name':'Acme'}}]");
        assertThat(reply.header("Content-Range")).contains("*/2");
        assertThat(reply.header("Preference-Applied")).contains(SHOW + ", count=exact");
    }

    @Test
    void deletesNothingWithoutAComplaintWhereNothingMatches() {
        assertThat(api.delete("/tools?id=eq.9").ask().whole()).isEqualTo("204 ");
        assertThat(api.delete("/tools?id=eq.9").prefer(SHOW).ask().said()).isEqualTo("200 []");
    }

    @Test
    void takesNoNoticeOfABodyWhateverItsType() {
        assertThat(api.delete("/tools?id=eq.1").json("{\"id\"").ask().whole()).isEqualTo("204 ");
        assertThat(api.delete("/tools?id=eq.1").body("image/png", "x").ask().whole())
                .isEqualTo("204 ");
    }

    @Test
    void refusesToDeleteEveryRow() {
        var reply = api.delete("/tools").ask();

        assertThat(reply.refusal()).isEqualTo("400 21000");
        assertThat(reply.json().path("message").asText())
                .isEqualTo("DELETE requires a WHERE clause");
        assertThat(api.delete("/tools?select=id").ask().refusal()).isEqualTo("400 21000");
        assertThat(api.delete("/tools?limit=1").ask().refusal()).isEqualTo("400 21000");
    }

    @Test
    void refusesWhatIsNotThereAndWhatIsReferredTo() {
        assertThat(api.delete("/tool?id=eq.1").ask().said())
                .isEqualTo(
                        "404 {'code':'PGRST205','details':null,"
                                + "'hint':'Perhaps you meant the table 'public.tools'',"
                                + "'message':'Could not find the table 'public.tool' in the schema"
                                + " cache'}");
        assertThat(api.delete("/makers?id=eq.1").ask().refusal()).isEqualTo("409 23503");
    }

    @Test
    void deletesThroughViewsAndPartitions() {
        assertThat(api.delete("/cheap_tools?id=gt.0&select=id&order=id").prefer(SHOW).ask().said())
                .isEqualTo("200 [{'id':1},{'id':3}]");
        assertThat(api.delete("/loud_tools?id=eq.1").prefer(SHOW).ask().said())
                .isEqualTo("200 [{'id':1,'name':'HAMMER'}]");
        assertThat(api.delete("/events?name=eq.fair&select=name").prefer(SHOW).ask().said())
                .isEqualTo("200 [{'name':'fair'}]");
        assertThat(api.delete("/tool_count?count=eq.3").ask().refusal()).isEqualTo("500 55000");
    }

    @Test
    void deletesTheRowsOfTheCallerOnly() {
        assertThat(api.delete("/diary?id=gt.0").ask().refusal()).isEqualTo("401 42501");
        assertThat(api.delete("/diary?id=gt.0&select=id").as("ann").prefer(SHOW).ask().said())
                .isEqualTo("200 [{'id':1}]");
        assertThat(
                        api.delete("/diary?id=gt.0&select=id&order=id")
                                .asService()
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("200 [{'id':1},{'id':2}]");
    }

    @Test
    void needsTheRightToReadWhatItFiltersBy() {
        assertThat(api.delete("/forms?id=eq.1").ask().whole()).isEqualTo("204 ");
        assertThat(api.delete("/forms?remark=eq.x").ask().refusal()).isEqualTo("401 42501");
    }

    @Test
    void refusesOtherThanOneRowWhereOneIsWantedAndKeepsThem() {
        String one = "application/vnd.pgrst.object+json";

        assertThat(api.delete("/marks?id=eq.1").prefer(SHOW).accept(one).ask().said())
                .isEqualTo("200 {'id':1}");
        assertThat(api.delete("/marks?id=gt.0").prefer("tx=commit").accept(one).ask().refusal())
                .isEqualTo("406 PGRST116");
        assertThat(api.get("/marks").ask().said()).isEqualTo("200 [{'id':1},{'id':2}]");
    }
}
