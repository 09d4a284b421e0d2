package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The forms in which rows come (PostgREST: `Feature/Query/CustomMediaSpec`, `NullsStripSpec`,
/// `SingularSpec`, `RawOutputTypesSpec`).
@Tag("all-postgres")
class MediaTypesTest {

    private static final String ONE = "application/vnd.pgrst.object+json";

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/media.sql"));
    }

    private static String as(String type, String target) {
        var reply = api.get(target).accept(type).ask();
        return "%d %s %s"
                .formatted(reply.status(), reply.header("Content-Type").orElse(""), reply.body());
    }

    private static String refused(String type, String target) {
        return api.get(target).accept(type).ask().compact();
    }

    @Test
    void givesJsonByDefault() {
        String rows = "200 application/json; charset=utf-8 [{\"id\":1}]";
        assertThat(as("*/*", "/pages?select=id&id=eq.1")).isEqualTo(rows);
        assertThat(as("application/json", "/pages?select=id&id=eq.1")).isEqualTo(rows);
        assertThat(as("text/html,application/xml;q=0.9,*/*;q=0.8", "/pages?select=id&id=eq.1"))
                .isEqualTo(rows);
    }

    @Test
    void givesCommaSeparatedValues() {
        assertThat(as("text/csv", "/pages?order=id"))
                .isEqualTo(
                        "200 text/csv; charset=utf-8 id,title,body\n1,Home,\n"
                                + "2,\"A, \"\"B\"\"\",\"two\nlines\"");
        assertThat(as("text/csv", "/pages?id=eq.9")).isEqualTo("200 text/csv; charset=utf-8 \n");
    }

    @Test
    void takesTheFirstTypeThatItKnows() {
        assertThat(as("text/plain, text/csv", "/pages?select=id&id=eq.1"))
                .isEqualTo("200 text/csv; charset=utf-8 id\n1");
        assertThat(as("application/json;q=0.5, text/csv", "/pages?select=id&id=eq.1"))
                .isEqualTo("200 text/csv; charset=utf-8 id\n1");
    }

    @Test
    void refusesTypesThatItDoesNotKnow() {
        assertThat(refused("text/unknowntype", "/pages"))
                .isEqualTo(
                        "406 {'code':'PGRST107','details':null,'hint':null,'message':'None of these"
                                + " media types are available: text/unknowntype'}");
        assertThat(refused("text/plain, image/png", "/pages"))
                .endsWith(
                        "'message':'None of these media types are available: text/plain,"
                                + " image/png'}");
    }

    @Test
    void givesOneRowAsAnObject() {
        assertThat(as(ONE, "/pages?select=id&id=eq.1"))
                .isEqualTo("200 " + ONE + "; charset=utf-8 {\"id\":1}");
        assertThat(as("application/vnd.pgrst.object", "/pages?select=id&id=eq.1"))
                .isEqualTo("200 " + ONE + "; charset=utf-8 {\"id\":1}");
    }

    @Test
    void refusesAnObjectOfAnyOtherNumberOfRows() {
        String message =
                "'hint':null,'message':'Cannot coerce the result to a single JSON object'}";
        assertThat(refused(ONE, "/pages?id=eq.9"))
                .isEqualTo(
                        "406 {'code':'PGRST116','details':'The result contains 0 rows'," + message);
        assertThat(refused(ONE, "/pages"))
                .isEqualTo(
                        "406 {'code':'PGRST116','details':'The result contains 2 rows'," + message);
    }

    @Test
    void leavesOutNulls() {
        assertThat(as("application/vnd.pgrst.array+json;nulls=stripped", "/pages?id=eq.1"))
                .isEqualTo(
                        "200 application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8"
                                + " [{\"id\":1,\"title\":\"Home\"}]");
        assertThat(as(ONE + ";nulls=stripped", "/pages?id=eq.1"))
                .isEqualTo(
                        "200 "
                                + ONE
                                + ";nulls=stripped; charset=utf-8 {\"id\":1,\"title\":\"Home\"}");
        assertThat(as("application/vnd.pgrst.array+json", "/pages?id=eq.1&select=body"))
                .isEqualTo("200 application/json; charset=utf-8 [{\"body\":null}]");
    }

    @Test
    void usesTheHandlerOfARelation() {
        assertThat(as("application/vnd.lines", "/pages?order=id&id=eq.1"))
                .isEqualTo("200 application/vnd.lines Home\n");
    }

    @Test
    void usesTheHandlerOfARelationForWholeRowsOnly() {
        assertThat(refused("application/vnd.lines", "/pages?select=id"))
                .contains("'code':'PGRST107'");
    }

    @Test
    void usesTheHandlerOfAnyRows() {
        assertThat(as("application/vnd.any", "/pages?select=id,title&order=id&limit=1"))
                .isEqualTo("200 application/vnd.any (1,Home)\n");
    }

    @Test
    void givesBytesWhereTheHandlerTakesEveryType() {
        var reply = api.get("/blobs").accept("image/anything").ask();
        assertThat(reply.response().body()).containsExactly(0, 0xff, 0x41);
        assertThat(reply.header("Content-Type")).contains("application/octet-stream");
    }

    @Test
    void givesWhatAFunctionSaysThatItMakes() {
        assertThat(as("text/html", "/rpc/front_page")).isEqualTo("200 text/html <h1>Hi</h1>");
        var dot = api.get("/rpc/dot").accept("image/x-dot").ask();
        assertThat(dot.response().body()).containsExactly(0x89, 0x50);
        assertThat(dot.header("Content-Type")).contains("image/x-dot");
        assertThat(refused("image/png", "/rpc/dot")).contains("'code':'PGRST107'");
    }

    @Test
    void letsAFunctionNameItsTypeAtRunTime() {
        var reply = api.get("/rpc/whatever").accept("font/woff2").ask();
        assertThat(reply.header("Content-Type")).contains("font/woff2");
        assertThat(reply.response().body()).containsExactly(1);
    }

    @Test
    void refusesGeographyWhereTheDatabaseKnowsNone() {
        assertThat(api.get("/pages").accept("application/geo+json").ask().refusal())
                .isEqualTo("404 42883");
    }
}
