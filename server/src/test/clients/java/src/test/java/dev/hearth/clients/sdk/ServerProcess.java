package dev.hearth.clients.sdk;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// The whole product in a process of its own, which is killed and started again on the same data
/// and the same ports.
final class ServerProcess implements AutoCloseable {

    /// The well-known key of local development.
    static final String KEY = "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final int port = freePort();
    private final int databasePort = freePort();
    private Process process;

    /// Starts it, and returns when it is ready.
    ServerProcess(Path folder) {
        this.folder = folder;
        process = launch();
        awaitReady();
    }

    static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /// A connection as the owner of the tables.
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres?connectTimeout=5",
                "postgres",
                "postgres");
    }

    /// Ends it as a power cut would, but for its PostgreSQL.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// Starts it again.
    void start() {
        process = launch();
        awaitReady();
    }

    private Process launch() {
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.hearth.Main",
                        "start",
                        "--port",
                        String.valueOf(port),
                        "--db-port",
                        String.valueOf(databasePort),
                        "--data",
                        folder.resolve("data").toString());
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(url() + "/health/ready"))
                            .timeout(Duration.ofSeconds(5))
                            .build();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .failFast("the server has ended; see its log", () -> !process.isAlive())
                    .ignoreExceptions()
                    .until(
                            () ->
                                    http.send(request, HttpResponse.BodyHandlers.discarding())
                                                    .statusCode()
                                            == 200);
        }
    }

    /// Asks it to end, and waits: its PostgreSQL ends with it.
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
