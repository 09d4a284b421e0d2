package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.config.Config;
import dev.hearth.config.Settings;
import dev.hearth.database.StartProgress;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;
import dev.hearth.token.NewKeys;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The data API at the moment at which the server says that it is ready.
class FirstRequestTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path data;

    private final TestDatabase database = TestPostgres.cluster().createPlatformDatabase();

    private record Started(Server server, Config config) implements AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }

    @BeforeEach
    void table() {
        database.execute(
                "create table public.items (id int primary key)",
                "insert into public.items values (1)",
                "grant select on public.items to anon");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private Started start(Duration firstCatalog) {
        var settings =
                Map.of(
                        "HEARTH_DATABASE_URL",
                        database.url(TestPostgres.SUPERUSER),
                        "POSTGRES_PASSWORD",
                        TestPostgres.PASSWORD,
                        "HEARTH_DATA",
                        data.toString(),
                        "HEARTH_PORT",
                        "0");
        var config = Config.from(Settings.of(List.of(settings, NewKeys.make(Instant.now()))));
        return new Started(Server.start(config, StartProgress.silent(), firstCatalog), config);
    }

    private static HttpResponse<String> items(Started started) {
        var request =
                HttpRequest.newBuilder(
                                URI.create(started.server().apiUrl() + "/rest/v1/items?select=id"))
                        .header(
                                "apikey",
                                started.config().token().publishableKeys().getFirst().value())
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void findsTheCatalogThoughItTookLongToRead() throws Exception {
        try (var holding = database.connect(TestPostgres.SUPERUSER);
                var statement = holding.createStatement()) {
            holding.setAutoCommit(false);
            statement.execute("lock table pg_catalog.pg_foreign_server in access exclusive mode");
            var starting = CompletableFuture.supplyAsync(() -> start(PATIENCE));
            await().atMost(PATIENCE)
                    .failFast("it has not waited", starting::isDone)
                    .until(this::aReaderOfTheCatalogWaits);
            await().during(Duration.ofMillis(300))
                    .failFast("it has not waited", starting::isDone)
                    .until(() -> true);

            holding.commit();

            try (var started = starting.get()) {
                var reply = items(started);
                assertThat(reply.body()).isEqualTo("[{\"id\":1}]");
            }
        }
    }

    private boolean aReaderOfTheCatalogWaits() {
        return database.ask(
                        "select exists (select from pg_stat_activity where datname ="
                                + " current_database() and usename = 'supabase_replication_admin'"
                                + " and wait_event_type = 'Lock')")
                .equals("t");
    }

    @Test
    void isToldThatThereIsNoCatalogWhereTheStartHasWaitedLongEnough() {
        database.execute("revoke select on pg_catalog.pg_rewrite from public");
        try (var started = start(Duration.ofMillis(300))) {
            var reply = items(started);
            assertThat(reply.statusCode()).isEqualTo(503);
            assertThat(reply.body())
                    .isEqualTo(
                            "{\"code\":\"PGRST002\",\"details\":null,\"hint\":null,\"message\":\"Could"
                                + " not query the database for the schema cache. Retrying.\"}");

            database.execute("grant select on pg_catalog.pg_rewrite to public", "notify pgrst");

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(items(started).body()).isEqualTo("[{\"id\":1}]"));
        }
    }
}
