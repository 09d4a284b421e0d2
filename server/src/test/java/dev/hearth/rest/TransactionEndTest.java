package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

/// Whether what a request did stays: what the settings say, and what `Prefer: tx` may say.
@Tag("all-postgres")
class TransactionEndTest {

    private static final String FIXTURE =
            """
            create table public.marks (id int primary key);
            insert into public.marks values (1);
            create table public.late (id int unique deferrable initially deferred);
            insert into public.late values (1);
            grant all on all tables in schema public to anon;
            """;

    /// Each row: the setting, and whether what was done is kept without a preference, with
    /// `tx=commit` and with `tx=rollback`.
    @ParameterizedTest
    @CsvSource({
        "commit,                  true,  true,  true",
        "commit-allow-override,   true,  true,  false",
        "rollback,                false, false, false",
        "rollback-allow-override, false, true,  false"
    })
    void keepsWhatWasDoneOrNot(String end, boolean alone, boolean commit, boolean rollback) {
        boolean heeded = end.endsWith("-allow-override");
        try (var api = TestApi.start(Map.of("PGRST_DB_TX_END", end), FIXTURE)) {
            check(api, "", alone, false);
            check(api, "commit", commit, heeded);
            check(api, "rollback", rollback, heeded);
        }
    }

    private static void check(TestApi api, String preferred, boolean kept, boolean applied) {
        var reply = prefer(api.post("/marks", "{\"id\":2}"), preferred).ask();
        assertThat(reply.said()).isEqualTo("201 [{'id':2}]");
        assertThat(reply.header("Preference-Applied"))
                .contains("return=representation" + (applied ? ", tx=" + preferred : ""));
        assertThat(count(api)).isEqualTo(kept ? "2" : "1");
        api.database().execute("delete from public.marks where id = 2");

        assertThat(prefer(api.delete("/marks?id=eq.1"), preferred).ask().said())
                .isEqualTo("200 [{'id':1}]");
        assertThat(count(api)).isEqualTo(kept ? "0" : "1");
        api.database().execute("insert into public.marks values (1) on conflict do nothing");

        // A constraint that is checked at the end is checked before everything is undone, too.
        assertThat(prefer(api.post("/late", "{\"id\":1}"), preferred).ask().refusal())
                .isEqualTo("409 23505");
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
