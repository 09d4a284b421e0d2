package dev.hearth.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// The real server with the tables of the examples, which can be killed and started again: on the
/// same port, with the same data.
final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Path PROJECT = Path.of("").toAbsolutePath();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = freePort();
    private final Path folder;
    private Program program;

    /// Starts one in a folder of its own, and returns when it answers.
    ServerProcess(Path folder) throws InterruptedException {
        this.folder = folder;
        program = launch();
        awaitReady();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void kill() {
        program.kill();
    }

    void startAgain() throws InterruptedException {
        program.close();
        program = launch();
        awaitReady();
    }

    private Program launch() {
        return Program.start(
                folder,
                List.of(
                        "-XX:+UseCompactObjectHeaders",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED"),
                Map.of(),
                "dev.hearth.Main",
                "start",
                "--port",
                Integer.toString(port),
                "--db-port",
                "0",
                "--data",
                folder.resolve("data").toString(),
                "--project",
                PROJECT.toString());
    }

    private void awaitReady() throws InterruptedException {
        long begun = System.nanoTime();
        while (!isReady()) {
            if (!program.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("no server:\n" + program.output());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private boolean isReady() throws InterruptedException {
        var asked = HttpRequest.newBuilder(URI.create(url() + "/health/ready")).build();
        try {
            return http.send(asked, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
        http.close();
    }
}
