package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

/// Whether what a request did stays: what the settings say, and what `Prefer: tx` may say.
class TransactionEndTest {

    private static final String FIXTURE =
            """
            create table public.marks (id int primary key);
            insert into public.marks values (1);
            create table public.late (id int unique deferrable initially deferred);
            insert into public.late values (1);
            grant all on all tables in schema public to anon;
            """;

    @ParameterizedTest
    @CsvSource({
        "commit,               '',       true,  false",
        "commit,               commit,   true,  false",
        "commit,               rollback, true,  false",
        "commit-allow-override,'',       true,  false",
        "commit-allow-override,commit,   true,  true",
        "commit-allow-override,rollback, false, true",
        "rollback,             '',       false, false",
        "rollback,             commit,   false, false",
        "rollback-allow-override,'',     false, false",
        "rollback-allow-override,commit, true,  true",
        "rollback-allow-override,rollback,false,true"
    })
    void keepsWhatWasDoneOrNot(String end, String preferred, boolean kept, boolean applied) {
        try (var api = TestApi.start(Map.of("PGRST_DB_TX_END", end), FIXTURE)) {
            var reply = prefer(api.post("/marks", "{\"id\":2}"), preferred).ask();
            assertThat(reply.said()).isEqualTo("201 [{'id':2}]");
            assertThat(reply.header("Preference-Applied"))
                    .contains("return=representation" + (applied ? ", tx=" + preferred : ""));
            assertThat(count(api)).isEqualTo(kept ? "2" : "1");

            assertThat(prefer(api.delete("/marks?id=eq.1"), preferred).ask().said())
                    .isEqualTo("200 [{'id':1}]");
            assertThat(count(api)).isEqualTo("1");

            assertThat(prefer(api.post("/late", "{\"id\":1}"), preferred).ask().refusal())
                    .isEqualTo("409 23505");
        }
    }

    private static TestApi.Call prefer(TestApi.Call call, String end) {
        return end.isEmpty()
                ? call.prefer("return=representation")
                : call.prefer("return=representation").prefer("tx=" + end);
    }

    private static String count(TestApi api) {
        return api.database().ask("select count(*) from public.marks");
    }
}
