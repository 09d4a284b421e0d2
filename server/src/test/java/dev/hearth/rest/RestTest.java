package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The door: what is remembered of requests, and what is not.
class RestTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        """
                        create table public.items (id int primary key, name text);
                        insert into public.items values (1, 'one'), (2, 'two'), (3, 'two*');
                        grant all on public.items to anon, authenticated, service_role;
                        create function public.sum(variadic v int[]) returns bigint
                            language sql as 'select sum(x) from unnest(v) x';
                        """);
    }

    @Test
    void answersRequestsThatDifferInTheirValuesEachWithItsOwnRows() {
        for (int id = 1; id <= 3; id++) {
            assertThat(api.get("/items?select=id&id=eq." + id).ask().whole())
                    .isEqualTo("200 [{\"id\":" + id + "}]");
        }
    }

    @Test
    void showsTheValuesOfThisRequestInItsAddress() {
        assertThat(api.get("/items?id=eq.1").ask().header("Content-Location"))
                .contains("/items?id=eq.1");
        assertThat(api.get("/items?id=eq.2").ask().header("Content-Location"))
                .contains("/items?id=eq.2");
    }

    @Test
    void matchesPatternsWhetherOrNotTheKindOfRequestIsKnown() {
        for (int round = 0; round < 2; round++) {
            assertThat(api.get("/items?select=id&name=like.t*o").ask().body())
                    .isEqualTo("[{\"id\":2}]");
            assertThat(api.get("/items?select=id&name=like.*one").ask().body())
                    .isEqualTo("[{\"id\":1}]");
            assertThat(api.get("/items?select=id&name=eq.two*").ask().body())
                    .isEqualTo("[{\"id\":3}]");
        }
    }

    @Test
    void decodesValuesWhetherOrNotTheKindOfRequestIsKnown() {
        api.post("/items", "{\"id\":10,\"name\":\"a b&c=ä\"}").ask();
        for (int round = 0; round < 2; round++) {
            assertThat(api.get("/items?select=id&name=eq.a+b%26c%3D%C3%A4").ask().body())
                    .isEqualTo("[{\"id\":10}]");
        }
        api.delete("/items?id=eq.10").ask();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"(1) 1", "(1,2) 12", "(2,9) 2", "(2) 2", "(\"1\",2) 12", "(%31) 1", "() ''"})
    void answersListsThatDifferEachWithItsOwnRows(String list, String rows) {
        String body = api.get("/items?select=id&order=id&id=in." + list).ask().body();

        assertThat(body.replaceAll("\\D", "")).isEqualTo(rows);
    }

    @Test
    void readsTheCatalogAgainWhenItIsAsked() {
        api.reload();
        assertThat(api.get("/items?select=id&id=eq.1").ask().body()).isEqualTo("[{\"id\":1}]");
    }

    @Test
    void takesAMarkThatIsSentForTheTextThatItIs() {
        assertThat(api.get("/items?name=eq.%EE%80%800%EE%80%81&id=eq.1").ask().body())
                .isEqualTo("[]");
        assertThat(api.get("/items?select=id&name=in.(%EE%80%800%EE%80%81,one)").ask().body())
                .isEqualTo("[{\"id\":1}]");
    }

    @Test
    void collectsTheValuesOfAVariadicParameter() {
        assertThat(api.get("/rpc/sum?v=1&v=2&v=3").ask().whole()).isEqualTo("200 6");
        assertThat(api.get("/rpc/sum?v=4&v=5&v=6").ask().whole()).isEqualTo("200 15");
    }

    @Test
    void seesWhatChangedInTheSchema() {
        assertThat(api.get("/later").ask().refusal()).isEqualTo("404 PGRST205");
        api.change("create table public.later (id int)", "grant select on public.later to anon");
        assertThat(api.get("/later").ask().whole()).isEqualTo("200 []");
    }

    @Test
    void answersABodyOverTheLimitInItsOwnWords() {
        try (var small = TestApi.start(java.util.Map.of("HEARTH_REST_BODY_LIMIT", "1KB"))) {
            var reply = small.post("/items", "[" + " ".repeat(2000) + "]").ask();
            assertThat(reply.refusal()).isEqualTo("413 PGRST102");
        }
    }
}
