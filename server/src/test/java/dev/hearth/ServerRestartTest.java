package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.NodeScripts;
import dev.hearth.testing.RunningScript;
import dev.hearth.testing.RunningServer;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;

/// The server goes and comes back under a real client, which joins again by itself.
class ServerRestartTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.0.0"})
    void aClientComesBackAndReceivesAgain(String vsn) throws Exception {
        var scripts = NodeScripts.clients();
        int port;
        String key;
        RunningScript client;
        try (var server = RunningServer.start(data, Map.of())) {
            port = server.server().port();
            key = server.publishableKey();
            execute(
                    server,
                    "create table public_notes (id int generated always as identity primary key,"
                            + " body text)",
                    "alter publication supabase_realtime add table public_notes",
                    "grant select on public_notes to anon");
            client = scripts.start("restart.mjs", Map.of(), server.url(), key, vsn);
            awaitLine(client, "joined 1");
            execute(server, "insert into public_notes (body) values ('before')");
            awaitLine(client, "change before");
        }
        try (client;
                var server =
                        RunningServer.start(data, Map.of("HEARTH_PORT", String.valueOf(port)))) {
            awaitLine(client, "joined 2");

            execute(server, "insert into public_notes (body) values ('after')");

            awaitLine(client, "change after");
            assertThat(client.output().lines().filter("change before"::equals)).hasSize(1);
        }
    }

    private static void awaitLine(RunningScript client, String line) {
        await().atMost(PATIENCE)
                .failFast("the client has ended", () -> !client.isAlive())
                .untilAsserted(() -> assertThat(client.output().lines()).contains(line));
    }

    private static void execute(RunningServer server, String... statements) throws Exception {
        String[] url = server.server().databaseUrl().split("://|:|@", 4);
        try (var connection =
                        DriverManager.getConnection("jdbc:postgresql://" + url[3], url[1], url[2]);
                var running = connection.createStatement()) {
            for (String statement : statements) {
                running.execute(statement);
            }
        }
    }
}
