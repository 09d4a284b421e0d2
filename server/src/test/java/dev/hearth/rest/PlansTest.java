package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// How a request would be carried out (PostgREST: `Feature/Query/PlanSpec`).
@Tag("all-postgres")
class PlansTest {

    private static final String TEXT = "application/vnd.pgrst.plan+text";
    private static final String JSON = "application/vnd.pgrst.plan+json";

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/library.sql"));
    }

    private static TestApi.Reply plan(String type, String target) {
        return api.get(target).accept(type).ask();
    }

    @Test
    void explainsAsTextByDefault() {
        for (String type : new String[] {TEXT, "application/vnd.pgrst.plan"}) {
            var reply = plan(type, "/books?id=eq.1");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Content-Type").orElseThrow())
                    .isEqualTo(TEXT + "; for=\"application/json\"; charset=utf-8");
            assertThat(reply.body()).startsWith("Aggregate").contains("books").endsWith("\n");
        }
    }

    @Test
    void explainsAsJson() {
        var reply = plan(JSON, "/books");
        assertThat(reply.json().path(0).path("Plan").path("Node Type").asText())
                .isEqualTo("Aggregate");
        assertThat(reply.header("Content-Type"))
                .contains(JSON + "; for=\"application/json\"; charset=utf-8");
    }

    @Test
    void takesOptions() {
        var reply = plan(JSON + "; options=analyze|verbose|settings|buffers|wal", "/books");
        assertThat(reply.header("Content-Type"))
                .contains(
                        JSON
                                + "; for=\"application/json\";"
                                + " options=analyze|verbose|settings|buffers|wal; charset=utf-8");
        var told = reply.json().path(0);
        assertThat(told.has("Execution Time")).isTrue();
        assertThat(told.path("Settings").has("search_path")).isTrue();
        assertThat(told.path("Plan").has("Shared Hit Blocks")).isTrue();
        assertThat(told.path("Plan").has("WAL Records")).isTrue();
        assertThat(told.path("Plan").has("Output")).isTrue();
    }

    @Test
    void explainsForAnotherType() {
        assertThat(
                        plan(TEXT + "; for=\"application/vnd.pgrst.object\"", "/books?id=eq.1")
                                .header("Content-Type"))
                .contains(TEXT + "; for=\"application/vnd.pgrst.object+json\"; charset=utf-8");
        assertThat(
                        plan(TEXT + "; for=\"text/csv\"; options=analyze;", "/books")
                                .header("Content-Type"))
                .contains(TEXT + "; for=\"text/csv\"; options=analyze; charset=utf-8");
    }

    @Test
    void explainsCalls() {
        assertThat(plan(TEXT, "/rpc/books_of?city=Oslo").body()).contains("books");
    }

    @Test
    void explainsWritesAndDoesNotCarryThemOut() {
        api.database().execute("grant all on lonely to anon");
        var reply = api.post("/lonely", "{\"id\":2}").accept(JSON).ask();
        assertThat(reply.body()).contains("ModifyTable");
        assertThat(api.get("/lonely").ask().compact()).isEqualTo("200 [{'id':1}]");
    }

    @Test
    void useAnIndexForAKey() {
        var steps = plan(TEXT, "/books?select=id,reviews(id)&id=eq.1").body();
        assertThat(steps).contains("Index").contains("books_pkey");
    }

    @Test
    void refusesToExplainWhereThatIsSwitchedOff() {
        try (var off = TestApi.start(Map.of("PGRST_DB_PLAN_ENABLED", "false"))) {
            off.change("create table t (id int)", "grant select on t to anon");
            assertThat(off.get("/t").accept(JSON).ask().compact())
                    .isEqualTo(
                            "406 {'code':'PGRST107','details':null,'hint':null,'message':'None of"
                                    + " these media types are available:"
                                    + " application/vnd.pgrst.plan+json; for='application/json''}");
        }
    }
}
