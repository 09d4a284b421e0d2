package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// Columns that change between writes, as a client sees them: each change with the names and types
/// of its time.
@Tag("all-postgres")
class SchemaChangeTest {

    private static final String BEFORE =
            "[{'name':'id','type':'int4'},{'name':'title','type':'text'},{'name':'amount','type':'int4'}]";

    @TempDir private static Path data;

    @AutoClose private static LiveRealtime live;

    @BeforeAll
    static void start() {
        live = LiveRealtime.start(data);
    }

    /// A published table of its own for each test.
    private static void table(String name) {
        live.execute(
                "create table %1$s (id int primary key, title text, amount int)".formatted(name),
                "grant select on %s to service_role".formatted(name),
                "alter publication supabase_realtime add table %s".formatted(name));
    }

    private static String binding(String table, String filter) {
        return "{'event':'*','schema':'public','table':'%s'%s}"
                .formatted(table, filter.isEmpty() ? "" : ",'filter':'%s'".formatted(filter));
    }

    private static void assertChange(JsonNode change, String columns, String record) {
        assertThat(change.get("columns").toString().replace('"', '\'')).isEqualTo(columns);
        assertThat(change.get("record").toString().replace('"', '\'')).isEqualTo(record);
    }

    @Test
    void aRenamedColumnComesUnderTheNameOfItsTime() {
        table("renamed");
        try (var client = live.following("renamed", binding("renamed", ""))) {
            live.execute("insert into renamed values (1, 'a', 5)");
            assertChange(LiveRealtime.change(client), BEFORE, "{'id':1,'title':'a','amount':5}");

            live.execute(
                    "alter table renamed rename title to headline",
                    "insert into renamed values (2, 'b', 6)");

            assertChange(
                    LiveRealtime.change(client),
                    BEFORE.replace("title", "headline"),
                    "{'id':2,'headline':'b','amount':6}");
        }
    }

    @Test
    void aRetypedColumnComesWithTheTypeOfItsTime() {
        table("retyped");
        try (var client = live.following("retyped", binding("retyped", ""))) {
            live.execute("insert into retyped values (1, 'a', 5)");
            assertChange(LiveRealtime.change(client), BEFORE, "{'id':1,'title':'a','amount':5}");

            live.execute(
                    "alter table retyped alter amount type text",
                    "insert into retyped values (2, 'b', '6')");

            assertChange(
                    LiveRealtime.change(client),
                    BEFORE.replace("'amount','type':'int4'", "'amount','type':'text'"),
                    "{'id':2,'title':'b','amount':'6'}");
        }
    }

    @Test
    void anAddedColumnComesFromItsTimeOn() {
        table("widened");
        try (var client = live.following("widened", binding("widened", ""))) {
            live.execute("insert into widened values (1, 'a', 5)");
            assertChange(LiveRealtime.change(client), BEFORE, "{'id':1,'title':'a','amount':5}");

            live.execute(
                    "alter table widened add done boolean default false",
                    "insert into widened values (2, 'b', 6, true)");

            assertChange(
                    LiveRealtime.change(client),
                    BEFORE.replace("]", ",{'name':'done','type':'bool'}]"),
                    "{'id':2,'title':'b','amount':6,'done':true}");
        }
    }

    @Test
    void aFilterOnAColumnThatIsRenamedIsTold() {
        table("filtered");
        try (var client = live.following("filtered", binding("filtered", "title=eq.a"));
                var other = live.following("other", binding("filtered", "amount=eq.5"))) {
            live.execute("insert into filtered values (1, 'a', 5)");
            assertThat(LiveRealtime.change(client).at("/record/id").asInt()).isEqualTo(1);
            assertThat(LiveRealtime.change(other).at("/record/id").asInt()).isEqualTo(1);

            live.execute(
                    "alter table filtered rename title to headline",
                    "insert into filtered values (2, 'a', 5)");

            assertThat(LiveRealtime.note(client, "error"))
                    .contains("invalid column for filter title");
            assertThat(LiveRealtime.change(other).at("/record/headline").asText()).isEqualTo("a");
            client.send("['1','2','realtime:filtered','access_token',{'access_token':null}]");
            client.expectNothingElse();
        }
    }

    @Test
    void aFilterOnAColumnThatIsRetypedIsTheNewTypes() {
        table("judged");
        try (var client = live.following("judged", binding("judged", "amount=eq.5"))) {
            live.execute("insert into judged values (1, 'a', 5)");
            assertThat(LiveRealtime.change(client).at("/record/amount").asInt()).isEqualTo(5);

            live.execute(
                    "alter table judged alter amount type text",
                    "insert into judged values (2, 'b', '05'), (3, 'c', '5')");

            JsonNode next = LiveRealtime.change(client);
            assertThat(next.at("/record/id").asInt()).isEqualTo(3);
            assertThat(next.at("/record/amount").asText()).isEqualTo("5");
        }
    }
}
