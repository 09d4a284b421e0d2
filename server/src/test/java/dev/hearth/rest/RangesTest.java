package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Parts of the rows (PostgREST: `Feature/Query/RangeSpec`).
@Tag("all-postgres")
class RangesTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/samples.sql"));
    }

    private static String read(String target) {
        return api.get(target).ask().compact();
    }

    private static String range(String target, String... range) {
        var call = api.get(target);
        for (String each : range) {
            call.header("Range", each);
        }
        var reply = call.ask();
        return reply.status() + " " + reply.header("Content-Range").orElse("none");
    }

    @Test
    void tellsWhichRowsCame() {
        assertThat(range("/numbers")).isEqualTo("200 0-14/*");
        assertThat(range("/numbers?n=gt.100")).isEqualTo("200 */*");
    }

    @Test
    void takesLimitAndOffset() {
        assertThat(read("/numbers?order=n&limit=2&offset=3")).isEqualTo("200 [{'n':4},{'n':5}]");
        assertThat(range("/numbers?limit=2&offset=3")).isEqualTo("200 3-4/*");
        assertThat(range("/numbers?limit=100&offset=10")).isEqualTo("200 10-14/*");
    }

    @Test
    void takesARangeOfTheHeader() {
        assertThat(range("/numbers", "2-4")).isEqualTo("200 2-4/*");
        assertThat(range("/numbers", "0-0")).isEqualTo("200 0-0/*");
        assertThat(range("/numbers", "10-")).isEqualTo("200 10-14/*");
        assertThat(range("/numbers", "10-100")).isEqualTo("200 10-14/*");
    }

    @Test
    void takesWhatRangeAndLimitHaveInCommon() {
        assertThat(range("/numbers?limit=2", "0-9")).isEqualTo("200 0-1/*");
        assertThat(range("/numbers?limit=20", "0-4")).isEqualTo("200 0-4/*");
    }

    @Test
    void ignoresARangeOfAnotherUnitAndOneOfAnotherMethod() {
        assertThat(range("/numbers", "items=0-1")).isEqualTo("200 0-14/*");
        assertThat(api.head("/numbers").header("Range", "0-1").ask().header("Content-Range"))
                .contains("0-14/*");
    }

    @Test
    void ignoresALimitThatIsNoNumber() {
        assertThat(range("/numbers?limit=many&offset=few")).isEqualTo("200 0-14/*");
    }

    @Test
    void givesNothingWhereNothingIsWanted() {
        var reply = api.get("/numbers?limit=0").ask();
        assertThat(reply.whole()).isEqualTo("200 []");
        assertThat(reply.header("Content-Range")).contains("*/*");
    }

    @Test
    void refusesARangeThatEndsBeforeItBegins() {
        assertThat(api.get("/numbers").header("Range", "5-2").ask().compact())
                .isEqualTo(
                        "416 {'code':'PGRST103','details':'The lower boundary must be lower than or"
                            + " equal to the upper boundary in the Range"
                            + " header.','hint':null,'message':'Requested range not satisfiable'}");
    }

    @Test
    void refusesALimitBelowZero() {
        assertThat(read("/numbers?limit=-1"))
                .isEqualTo(
                        "416 {'code':'PGRST103','details':'Limit should be greater than or equal to"
                            + " zero.','hint':null,'message':'Requested range not satisfiable'}");
    }

    @Test
    void refusesAnOffsetBehindTheLastOfCountedRows() {
        var reply = api.get("/numbers?offset=100").prefer("count=exact").ask();
        assertThat(reply.compact())
                .isEqualTo(
                        "416 {'code':'PGRST103','details':'An offset of 100 was requested, but"
                            + " there are only 15 rows.','hint':null,'message':'Requested range not"
                            + " satisfiable'}");
        assertThat(reply.header("Content-Range")).contains("*/15");
    }

    @Test
    void givesNothingBehindTheLastOfRowsThatAreNotCounted() {
        assertThat(range("/numbers?offset=100")).isEqualTo("200 */*");
    }

    @Test
    void takesPartsOfTheRowsOfAFunction() {
        assertThat(read("/rpc/numbers_between?low=3&high=9&limit=2&offset=1"))
                .isEqualTo("200 [{'n':4},{'n':5}]");
        assertThat(range("/rpc/numbers_between?low=3&high=9", "1-2")).isEqualTo("200 1-2/*");
        assertThat(range("/rpc/numbers_between?low=3&high=2")).isEqualTo("200 */*");
    }
}
