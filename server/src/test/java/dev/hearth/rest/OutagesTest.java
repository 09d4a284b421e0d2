package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A database that is slow, busy, or gone: what is answered meanwhile, and that all is well again
/// afterwards by itself.
class OutagesTest {

    private static TestPostgres cluster;
    private static TestApi api;

    @BeforeAll
    static void start() {
        cluster = TestPostgres.ownCluster("outages");
        var database = cluster.createPlatformDatabase();
        database.execute(
                """
                create table public.items (id int primary key);
                insert into public.items values (1);
                grant all on public.items to anon, authenticated, service_role;
                create function public.nap(seconds float) returns int language sql as $$
                    select 1 from pg_sleep(seconds) $$;
                create function public.nap_briefly() returns int language sql
                    set statement_timeout = '50ms' as $$ select 1 from pg_sleep(5) $$;
                alter role anon set statement_timeout = '300ms';
                alter role service_role set lock_timeout = '100ms';
                """);
        api =
                TestApi.on(
                        database,
                        Map.of("PGRST_DB_POOL", "1", "PGRST_DB_POOL_ACQUISITION_TIMEOUT", "1"));
    }

    @AfterAll
    static void stop() {
        api.close();
        cluster.postgres().close();
    }

    @Test
    void aStatementTakesNoLongerThanItsRoleMay() {
        assertThat(api.post("/rpc/nap", "{\"seconds\":5}").ask().said())
                .isEqualTo(
                        "500 {'code':'57014','details':null,'hint':null,"
                                + "'message':'canceling statement due to statement timeout'}");
        assertThat(api.post("/rpc/nap", "{\"seconds\":0.4}").asService().ask().said())
                .isEqualTo("200 1");
    }

    @Test
    void aFunctionMayBringATimeoutOfItsOwn() {
        assertThat(api.post("/rpc/nap_briefly", "{}").asService().ask().refusal())
                .isEqualTo("500 57014");
        assertThat(api.post("/rpc/nap", "{\"seconds\":0.1}").asService().ask().said())
                .isEqualTo("200 1");
    }

    @Test
    void aLockIsWaitedForNoLongerThanTheRoleMay() throws Exception {
        try (var connection = api.database().connect(TestPostgres.SUPERUSER);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table public.items");

            assertThat(api.delete("/items?id=eq.9").asService().ask().said())
                    .isEqualTo(
                            "500 {'code':'55P03','details':null,'hint':null,"
                                    + "'message':'canceling statement due to lock timeout'}");
            connection.rollback();
        }
        assertThat(api.delete("/items?id=eq.9").asService().ask().whole()).isEqualTo("204 ");
    }

    @Test
    void whoFindsEveryConnectionInUseIsToldAfterAWhile() {
        var busy =
                CompletableFuture.supplyAsync(
                        () -> api.post("/rpc/nap", "{\"seconds\":2.5}").asService().ask());
        await().until(
                        () ->
                                api.database()
                                        .ask(
                                                "select count(*) from pg_stat_activity where"
                                                        + " wait_event = 'PgSleep'")
                                        .equals("1"));

        assertThat(api.get("/items").ask().said())
                .isEqualTo(
                        "504 {'code':'PGRST003','details':null,'hint':null,'message':'Timed out"
                                + " acquiring connection from connection pool.'}");
        assertThat(busy.join().said()).isEqualTo("200 1");
        assertThat(api.get("/items").ask().said()).isEqualTo("200 [{'id':1}]");
    }

    @Test
    void aDatabaseThatIsGoneIsToldAndServesAgainWhenItIsBack() {
        cluster.postgres().stop();
        try {
            var reply = api.get("/items").ask();
            assertThat(reply.refusal()).isIn("503 PGRST001", "503 PGRST000", "503 57P01");
            assertThat(reply.header("Retry-After")).contains("1");
            var again = api.get("/items").ask();
            assertThat(again.refusal()).isEqualTo("503 PGRST000");
            assertThat(again.json().path("message").asText())
                    .isEqualTo("Database connection error.");
        } finally {
            cluster.postgres().restart();
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> api.get("/items").ask().whole().equals("200 [{\"id\":1}]"));
    }
}
