package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// Header fields that every answer may have.
class HeaderFieldsTest {

    private static final String DURATIONS =
            "jwt;dur=\\d+\\.\\d, parse;dur=\\d+\\.\\d, plan;dur=\\d+\\.\\d,"
                    + " transaction;dur=\\d+\\.\\d, response;dur=\\d+\\.\\d";

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        Map.of(
                                "PGRST_SERVER_TIMING_ENABLED", "true",
                                "PGRST_SERVER_TRACE_HEADER", "X-Trace",
                                "PGRST_DB_MAX_ROWS", "2"),
                        """
                        create table public.items (id int primary key);
                        insert into public.items values (1), (2), (3);
                        grant all on public.items to anon, authenticated, service_role;
                        create function public.nap() returns void language sql
                            as 'select pg_sleep(0.03)';
                        """);
    }

    @Test
    void tellHowLongTheStagesOfASuccessTook() {
        for (int round = 0; round < 2; round++) {
            assertThat(api.get("/items?id=eq.1").ask().header("Server-Timing").orElse(""))
                    .matches(DURATIONS);
        }
        assertThat(api.get("/").ask().header("Server-Timing").orElse("")).matches(DURATIONS);
        assertThat(api.call("OPTIONS", "/items").ask().header("Server-Timing").orElse(""))
                .matches(DURATIONS);
        assertThat(api.get("/nothing").ask().header("Server-Timing")).isEmpty();
    }

    @Test
    void tellOfTheTimeInTheDatabaseAsSuch() {
        String timing = api.post("/rpc/nap", "{}").ask().header("Server-Timing").orElse("");
        String transaction = timing.replaceFirst(".*transaction;dur=([0-9.]+),.*", "$1");
        assertThat(Double.parseDouble(transaction)).isGreaterThan(29);
    }

    @Test
    void sendATraceBackWhetherOrNotAllIsWell() {
        assertThat(api.get("/items").header("X-Trace", "abc").ask().header("X-Trace"))
                .contains("abc");
        assertThat(api.get("/nothing").header("X-Trace", "abc").ask().header("X-Trace"))
                .contains("abc");
        assertThat(api.get("/items").ask().header("X-Trace")).contains("");
    }

    @Test
    void writeTheMediaTypeAsUpstreamDoes() {
        assertThat(api.get("/items").ask().headers("Content-Type"))
                .containsExactly("application/json; charset=utf-8");
        assertThat(api.get("/nothing").ask().headers("Content-Type"))
                .containsExactly("application/json; charset=utf-8");
        assertThat(api.get("/items").accept("text/csv").ask().headers("Content-Type"))
                .containsExactly("text/csv; charset=utf-8");
        assertThat(
                        api.get("/items?id=eq.1")
                                .accept("application/vnd.pgrst.object+json;nulls=stripped")
                                .ask()
                                .headers("Content-Type"))
                .containsExactly("application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8");
    }

    @Test
    void sayThatAnAnswerWasCut() {
        assertThat(api.get("/items").ask().header("X-Hearth-Max-Rows")).contains("2");
        assertThat(api.get("/items").prefer("count=exact").ask().header("X-Hearth-Max-Rows"))
                .contains("2");
        assertThat(api.get("/items?limit=2").ask().header("X-Hearth-Max-Rows")).isEmpty();
        assertThat(api.get("/items?id=lt.2").ask().header("X-Hearth-Max-Rows")).isEmpty();
    }
}
