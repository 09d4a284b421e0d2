package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.util.Map;

/// Answers that are too large for one value of the database.
class LargeAnswersTest {

    private static final int ROWS = 900;
    private static final int LENGTH = 20_000;

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        Map.of("HEARTH_DB_POOL", "3"),
                        """
                        create table public.pages as
                            select i as id, repeat('x', %d) as text from generate_series(1, %d) i;
                        grant select on public.pages to anon;
                        create function public.explosive() returns setof public.pages
                            language sql stable as
                            'select id, text || (1 / (id - %d))::text from public.pages order by id';
                        """
                                .formatted(LENGTH, ROWS, ROWS - 1));
    }

    @Test
    void comeWhole() {
        var answer = api.get("/pages?order=id").prefer("count=exact").ask();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Range")).contains("0-899/900");
        assertThat(answer.header("Content-Length")).isEmpty();
        assertThat(answer.body())
                .hasSizeGreaterThan(ROWS * LENGTH)
                .startsWith("[{\"id\":1,\"text\":\"xxx")
                .contains("\"}, \n {\"id\":900,")
                .endsWith("xxx\"}]");
    }

    @Test
    void leaveTheConnectionToOthersWhenTheClientGoesAway() throws Exception {
        for (int moreThanThePoolHas = 0; moreThanThePoolHas < 12; moreThanThePoolHas++) {
            try (InputStream body = api.get("/pages").open()) {
                assertThat(body.readNBytes(1000)).hasSize(1000);
            }
        }

        assertThat(api.get("/pages?select=id&id=eq.7").ask().whole()).isEqualTo("200 [{\"id\":7}]");
    }

    @Test
    void areRefusedWholeWhereTheDatabaseFailsOnTheWay() {
        assertThat(api.get("/rpc/explosive").ask().refusal()).isEqualTo("400 22012");
    }
}
