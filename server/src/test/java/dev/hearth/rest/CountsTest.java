package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// How many rows there are, and how many at most come (PostgREST: `Feature/Query/RangeSpec`,
/// `QueryLimitedSpec`).
@Tag("all-postgres")
class CountsTest {

    @AutoClose private static TestApi api;

    @AutoClose private static TestApi limited;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/samples.sql"));
        limited =
                TestApi.start(
                        Map.of("PGRST_DB_MAX_ROWS", "2"), TestApi.resource("/rest/library.sql"));
    }

    private static String count(TestApi.Call call, String kind) {
        var reply = call.prefer("count=" + kind).ask();
        return reply.status() + " " + reply.header("Content-Range").orElse("none");
    }

    @Test
    void countsExactly() {
        assertThat(count(api.get("/numbers?limit=4"), "exact")).isEqualTo("206 0-3/15");
        assertThat(count(api.get("/numbers"), "exact")).isEqualTo("200 0-14/15");
        assertThat(count(api.get("/numbers?n=gt.10&limit=1"), "exact")).isEqualTo("206 0-0/5");
        assertThat(count(api.get("/numbers?n=gt.100"), "exact")).isEqualTo("200 */0");
        assertThat(count(api.get("/numbers?limit=0"), "exact")).isEqualTo("206 */15");
        assertThat(count(api.get("/numbers?offset=15"), "exact")).isEqualTo("206 */15");
    }

    @Test
    void saysThatItCounted() {
        assertThat(api.get("/numbers").prefer("count=exact").ask().header("Preference-Applied"))
                .contains("count=exact");
        assertThat(api.get("/numbers").ask().header("Preference-Applied")).isEmpty();
    }

    @Test
    void countsWithoutABody() {
        var reply = api.head("/numbers?limit=4").prefer("count=exact").ask();
        assertThat(reply.whole()).isEqualTo("206 ");
        assertThat(reply.header("Content-Range")).contains("0-3/15");
        assertThat(reply.header("Content-Length")).isEmpty();
        assertThat(reply.header("Content-Type")).isPresent();
    }

    @Test
    void asksThePlanner() {
        assertThat(count(api.get("/numbers?limit=4"), "planned")).isEqualTo("206 0-3/15");
    }

    @Test
    void estimatesExactlyBelowTheMostRows() {
        assertThat(count(api.get("/numbers?n=lt.4"), "estimated")).isEqualTo("200 0-2/3");
    }

    @Test
    void countsTheRowsOfAFunction() {
        assertThat(count(api.get("/rpc/numbers_between?low=1&high=9&limit=2"), "exact"))
                .isEqualTo("206 0-1/9");
        assertThat(count(api.get("/rpc/numbers_between?low=1&high=9&offset=20"), "exact"))
                .isEqualTo("416 */9");
    }

    @Test
    void cutsAtTheMostRows() {
        var reply = limited.get("/books?select=id&order=id").ask();
        assertThat(reply.compact()).isEqualTo("200 [{'id':1},{'id':2}]");
        assertThat(reply.header("Content-Range")).contains("0-1/*");
        assertThat(reply.header("X-Hearth-Max-Rows")).contains("2");
    }

    @Test
    void cutsALimitThatIsHigherAndKeepsOneThatIsLower() {
        assertThat(limited.get("/books?select=id&order=id&limit=3").ask().compact())
                .isEqualTo("200 [{'id':1},{'id':2}]");
        assertThat(limited.get("/books?select=id&order=id&limit=1").ask().compact())
                .isEqualTo("200 [{'id':1}]");
        assertThat(limited.get("/books?select=id&order=id&offset=3").ask().compact())
                .isEqualTo("200 [{'id':4}]");
    }

    @Test
    void countsBeyondTheMostRows() {
        assertThat(count(limited.get("/books"), "exact")).isEqualTo("206 0-1/4");
        assertThat(count(limited.get("/writings"), "exact")).isEqualTo("206 0-1/4");
    }

    @Test
    void cutsEmbeddedRowsAndTheRowsOfFunctions() {
        assertThat(
                        limited.get("/staff?select=id,staff(id)&id=eq.1")
                                .ask()
                                .json()
                                .path(0)
                                .path("staff"))
                .hasSize(2);
        assertThat(
                        limited.get("/places?select=id,parcels!receiver_id(id)&id=eq.2&limit=1")
                                .ask()
                                .compact())
                .isEqualTo("200 [{'id':2,'parcels':[{'id':1},{'id':2}]}]");
        assertThat(
                        limited.get("/publishers?select=books(reviews(id))&id=eq.1&books.order=id")
                                .ask()
                                .compact())
                .isEqualTo(
                        "200 [{'books':[{'reviews':[{'id':1},{'id':2}]},{'reviews':[{'id':3}]}]}]");
        assertThat(limited.get("/rpc/books_of?city=Oslo&select=id").ask().json()).hasSize(2);
    }

    @Test
    void estimatesByThePlannerAboveTheMostRows() {
        String counted = count(limited.get("/books?id=lt.2"), "estimated");
        assertThat(counted).isEqualTo("200 0-0/1");
        assertThat(count(limited.get("/reviews"), "estimated")).matches("206 0-1/[0-9]+");
    }
}
