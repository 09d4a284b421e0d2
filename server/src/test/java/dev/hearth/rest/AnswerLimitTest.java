package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

/// Answers that cannot be sent row by row and are larger than HEARTH_REST_ANSWER_LIMIT.
class AnswerLimitTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        Map.of("HEARTH_REST_ANSWER_LIMIT", "10KB"),
                        """
                        create table public.pages as
                            select i as id, repeat('x', 1000) as text from generate_series(1, 20) i;
                        alter table public.pages add primary key (id);
                        insert into public.pages values (99, repeat('y', 20000));
                        create function public.long_text(length int) returns text
                            language sql as 'select repeat($1::text, $1)';
                        create function public.all_pages() returns setof public.pages
                            language sql volatile as 'select * from public.pages';
                        grant select, insert, update on public.pages to anon;
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/pages                | text/csv",
                "/pages?id=eq.99       | application/vnd.pgrst.object+json",
                "/rpc/long_text?length=9999 | application/json"
            })
    void isRefusedBeforeAnythingWasSent(String path, String accept) {
        assertThat(api.get(path).accept(accept).ask().refusal()).isEqualTo("413 HEARTH103");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/pages                | application/json",
                "/pages?id=lt.9        | text/csv",
                "/pages?id=eq.1        | application/vnd.pgrst.object+json",
                "/rpc/long_text?length=999 | application/json"
            })
    void otherAnswersAreNot(String path, String accept) {
        assertThat(api.get(path).accept(accept).ask().status()).isEqualTo(200);
    }

    @Test
    void saysWhatToDoInstead() {
        assertThat(api.get("/pages").accept("text/csv").ask().whole())
                .contains("bytes, at most 10240")
                .contains("HEARTH_REST_ANSWER_LIMIT");
    }

    @Test
    void aWriteThatIsRefusedForItHasNotHappened() {
        var change = "{\"text\":\"changed\"}";
        assertThat(
                        api.patch(
                                        "/pages?select=*,id,text&id=lt.99",
                                        "{\"text\":\"" + "z".repeat(900) + "\"}")
                                .prefer("return=representation")
                                .ask()
                                .refusal())
                .isEqualTo("413 HEARTH103");
        assertThat(api.get("/pages?select=id&text=like.zzz*").ask().whole()).isEqualTo("200 []");
        assertThat(
                        api.patch("/pages?id=eq.3", change)
                                .prefer("return=representation")
                                .ask()
                                .status())
                .isEqualTo(200);
    }

    @Test
    void aFunctionThatMayWriteIsHeldToIt() {
        assertThat(api.post("/rpc/all_pages", "{}").ask().refusal()).isEqualTo("413 HEARTH103");
        assertThat(api.post("/rpc/all_pages?limit=2", "{}").ask().status()).isEqualTo(200);
    }
}
