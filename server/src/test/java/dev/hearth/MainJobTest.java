package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.DatabaseUrl;
import dev.hearth.testing.NodeScripts;
import dev.hearth.testing.RunningServer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;

/// What Hearth exists for, on real parts: the unmodified JavaScript client signs in anonymously and
/// sees exactly the rows that row level security lets it see.
class MainJobTest {

    @TempDir private static Path data;

    @AutoClose private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.0.0"})
    void aSignedInUserSeesExactlyTheRowsThatRowSecurityLetsItSee(String vsn) {
        var result =
                NodeScripts.clients()
                        .run(
                                "main-job.mjs",
                                server.url(),
                                server.publishableKey(),
                                vsn,
                                server.server().databaseUrl());

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains("ok " + vsn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.0.0"})
    void whatIsBroadcastOverHttpArrives(String vsn) {
        var result =
                NodeScripts.clients()
                        .run("http-broadcast.mjs", server.url(), server.publishableKey(), vsn);

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains("ok " + vsn);
    }

    @Test
    void saysThatItIsAliveAndReady() throws Exception {
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
        assertThat(get("/health/ready").body())
                .isEqualTo(
                        "{\"status\":\"ready\",\"database\":\"ok\",\"replication\":\"ok\","
                                + "\"migrations\":\"ok\",\"catalog\":\"ok\"}");
    }

    @Test
    void saysInTheDatabaseThatItIsForDevelopment() throws Exception {
        var url = DatabaseUrl.parse("", server.server().databaseUrl());
        try (var connection = DriverManager.getConnection(url.jdbcUrl(), url.properties());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("show hearth.environment")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("development");
        }
    }

    @Test
    void offersItsMetrics() throws Exception {
        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(answer.body()).contains("hearth_events_total");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                    BodyHandlers.ofString());
        }
    }
}
