package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

class StartCommandTest {
    @TempDir private Path data;

    @Test
    void printsWhereItIsAndDrainsWhenAskedToEnd() throws Exception {
        try (var server = start()) {
            awaitLine(server, ".subscribe()");
            assertThat(server.lines())
                    .anyMatch(line -> line.contains("initialising PostgreSQL"))
                    .anyMatch(line -> line.contains("sb_publishable_"))
                    .anyMatch(line -> line.contains("createClient('http://127.0.0.1:6"));

            server.terminate();
            server.exitCode();

            assertThat(server.lines()).anyMatch(line -> line.contains("draining"));
            assertThat(server.lines().getLast()).contains("stopped");
            assertThat(data.resolve("hearth.json")).doesNotExist();
            assertThat(data.resolve("database/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void namesTheHolderToASecondStart() throws Exception {
        try (var first = start()) {
            awaitLine(first, "Hearth is ready");
            try (var second = start()) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.lines())
                        .anyMatch(line -> line.contains("process " + first.pid()))
                        .anyMatch(line -> line.contains("--data"));
            }
            first.terminate();
            first.exitCode();
        }
    }

    @Test
    void tellsTheStatusOfARunningServer() throws Exception {
        try (var server = start()) {
            awaitLine(server, "Hearth is ready");
            try (var status = run("status", "-o", "env", "--data", data.toString())) {
                assertThat(status.exitCode()).isZero();
                assertThat(status.lines())
                        .anyMatch(line -> line.startsWith("API_URL='http://127.0.0.1:6"))
                        .anyMatch(line -> line.startsWith("DB_URL='postgresql://postgres:"))
                        .anyMatch(line -> line.startsWith("JWT_SECRET="))
                        .hasSize(7);
            }
            server.terminate();
            server.exitCode();
        }
    }

    @Test
    void stopsAtOnceWhenItIsOnlyToBecomeReady() throws Exception {
        var folder = data.toString();
        try (var server =
                run(
                        "start",
                        "--port",
                        "6241",
                        "--db-port",
                        freePort(),
                        "--data",
                        folder,
                        "--exit-when-ready")) {
            assertThat(server.exitCode()).isZero();
            assertThat(server.lines()).anyMatch(line -> line.contains("Hearth is ready"));
            assertThat(data.resolve("database/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void canBeEndedInOrderAsSoonAsItsStateIsThere() throws Exception {
        try (var server = start()) {
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(data.resolve("hearth.json")));

            server.terminate();
            server.exitCode();

            assertThat(data.resolve("database/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void stopsWhatItStartedWhenItsStateCannotBeWritten() throws Exception {
        Files.createDirectories(data.resolve("hearth.json/taken"));
        try (var server = start()) {
            assertThat(server.exitCode()).isEqualTo(1);

            assertThat(server.lines()).anyMatch(line -> line.contains("draining"));
            assertThat(data.resolve("database/postmaster.pid")).doesNotExist();
        }
    }

    private ChildJvm start() throws IOException {
        return run("start", "--port", "6240", "--db-port", freePort(), "--data", data.toString());
    }

    private static ChildJvm run(String... arguments) throws IOException {
        return ChildJvm.run(StartedProcess.class, (Object[]) arguments);
    }

    private static String freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(probe.getLocalPort());
        }
    }

    private static void awaitLine(ChildJvm server, String part) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.lines().stream().anyMatch(line -> line.contains(part)));
    }
}
