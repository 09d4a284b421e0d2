package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.config.DatabaseUrl;
import dev.hearth.testing.RunningServer;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/// The server's own PostgreSQL is killed while it serves.
class PostgresDeathTest {

    @TempDir private static Path data;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @AutoClose private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, Map.of());
    }

    @Test
    void servesAndDeliversAgainAfterItsPostgresWasKilled() throws Exception {
        execute(
                "create table public.notes (id int primary key)",
                "alter publication supabase_realtime add table public.notes");
        var heard = new Text();
        WebSocket socket = subscribe(heard);
        soon().until(() -> heard.contains("Subscribed to PostgreSQL"));

        killPostgres();

        soon().until(() -> get("/health/ready").statusCode() == 503);
        soon().until(() -> signUp() == 200);
        soon().until(() -> get("/health/ready").statusCode() == 200);
        execute("insert into public.notes values (4711)");
        soon().until(() -> heard.contains("\"id\":4711"));
        assertThat(get("/metrics").body()).contains("event=\"PostgresRevived\"");
        socket.abort();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    private static void killPostgres() throws Exception {
        var pid = Files.readAllLines(data.resolve("database/postmaster.pid")).getFirst();
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    }

    private static void execute(String... statements) throws SQLException {
        var url = DatabaseUrl.parse("", server.server().databaseUrl());
        try (var connection = DriverManager.getConnection(url.jdbcUrl(), url.properties());
                var statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static WebSocket subscribe(Text heard) {
        var address =
                URI.create(
                        "ws%s/realtime/v1/websocket?vsn=2.0.0&apikey=%s"
                                .formatted(
                                        server.url().substring("http".length()),
                                        server.publishableKey()));
        var socket = HTTP.newWebSocketBuilder().buildAsync(address, heard).join();
        socket.sendText(
                        """
                        ["1","1","realtime:notes","phx_join",{"config":{"postgres_changes":[
                            {"event":"*","schema":"public","table":"notes"}]}}]\
                        """,
                        true)
                .join();
        return socket;
    }

    private static int signUp() throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(server.url() + "/auth/v1/signup"))
                        .header("apikey", server.publishableKey())
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(20))
                        .POST(BodyPublishers.ofString("{}"))
                        .build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                BodyHandlers.ofString());
    }

    /// All that a socket was sent, in one text.
    private static final class Text implements WebSocket.Listener {
        private final List<String> parts = new CopyOnWriteArrayList<>();

        boolean contains(String part) {
            return String.join("", parts).contains(part);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            parts.add(part.toString());
            return WebSocket.Listener.super.onText(from, part, last);
        }
    }
}
