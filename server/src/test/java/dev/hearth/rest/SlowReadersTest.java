package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Readers of large answers who take their time: each holds a connection, of two that there are.
/// The patience of those who wait is longer than the three seconds that the client may take to
/// close a connection for good.
class SlowReadersTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        Map.of("HEARTH_DB_POOL", "2", "PGRST_DB_POOL_ACQUISITION_TIMEOUT", "5"),
                        """
                        create table public.pages as
                            select i as id, repeat('x', 20000) as text from generate_series(1, 900) i;
                        grant select on public.pages to anon;
                        """);
    }

    private static InputStream slowly() throws IOException {
        InputStream body = api.get("/pages").open();
        assertThat(body.readNBytes(1000)).hasSize(1000);
        return body;
    }

    @Test
    void leaveTheOtherConnectionsToOthers() throws Exception {
        try (InputStream _ = slowly()) {
            var second = CompletableFuture.supplyAsync(() -> api.get("/pages").ask());
            do {
                assertThat(api.get("/pages?select=id&id=eq.7").ask().said())
                        .isEqualTo("200 [{'id':7}]");
            } while (!second.isDone());
            assertThat(second.join().said())
                    .isEqualTo(
                            "504 {'code':'PGRST003','details':null,'hint':null,'message':'Timed"
                                    + " out acquiring connection from connection pool.'}");
        }
    }

    @Test
    void makeTheNextOneWaitUntilTheyHaveDone() throws Exception {
        CompletableFuture<TestApi.Reply> second;
        try (InputStream _ = slowly()) {
            second = CompletableFuture.supplyAsync(() -> api.get("/pages").ask());
        }
        assertThat(second.join().status()).isEqualTo(200);
    }
}
