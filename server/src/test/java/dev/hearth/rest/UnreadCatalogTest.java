package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.TestPostgres;
import dev.hearth.testing.WireTap;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// A server that cannot read the catalog yet.
class UnreadCatalogTest {

    @Test
    void requestsAreToldToComeAgainUntilItIsRead() throws Exception {
        var database = TestPostgres.cluster().createPlatformDatabase();
        database.execute(
                "create table public.items (id int primary key)",
                "grant select on public.items to anon");
        var tap = new WireTap(database);
        String system = tap.url("supabase_replication_admin");
        tap.close();
        try (var api = TestApi.unread(database, system)) {
            assertThat(api.hasCatalog()).isFalse();
            var reply = api.get("/items").ask();
            assertThat(reply.said())
                    .isEqualTo(
                            "503 {'code':'PGRST002','details':null,'hint':null,'message':'Could"
                                    + " not query the database for the schema cache."
                                    + " Retrying.'}");
            assertThat(reply.header("Retry-After")).contains("1");
            assertThat(api.batch("[]").ask().refusal()).isEqualTo("503 PGRST002");

            tap.reopen();

            await().atMost(Duration.ofSeconds(20)).until(api::hasCatalog);
            assertThat(api.get("/items").ask().said()).isEqualTo("200 []");
        } finally {
            tap.close();
        }
    }
}
