package dev.hearth.client.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What is left when the tests' JVM gets no chance to tidy up: nothing.
class KilledTestsTest {

    /// Tests that hang.
    public static void main(String[] arguments) throws InterruptedException {
        var server = TestServer.start();
        System.out.println(server.pid() + " " + server.folder());
        Thread.sleep(Long.MAX_VALUE);
    }

    @Test
    void serverDatabaseAndFilesGoWithThem() throws IOException {
        Process tests = hangingTests();
        try {
            String[] said = firstLine(tests).split(" ", 2);
            ProcessHandle server = ProcessHandle.of(Long.parseLong(said[0])).orElseThrow();
            var folder = new ServerFolder(Path.of(said[1]));
            ProcessHandle postgres = postgres(folder);
            assertThat(postgres.isAlive()).isTrue();

            tests.destroyForcibly();

            await().atMost(Duration.ofSeconds(60)).until(() -> !server.isAlive());
            assertThat(postgres.isAlive()).isFalse();
            assertThat(folder.path()).doesNotExist();
        } finally {
            tests.destroyForcibly();
        }
    }

    @Test
    void theNextStartTidiesUpWhenTheServerWasKilledToo() throws Exception {
        Process tests = hangingTests();
        try {
            String[] said = firstLine(tests).split(" ", 2);
            var server = ProcessHandle.of(Long.parseLong(said[0])).orElseThrow();
            var folder = new ServerFolder(Path.of(said[1]));
            ProcessHandle postgres = postgres(folder);
            server.destroyForcibly();
            tests.destroyForcibly().waitFor();
            await().atMost(Duration.ofSeconds(30)).until(() -> !server.isAlive());
            assertThat(postgres.isAlive()).isTrue();

            assertThatThrownBy(() -> TestServer.start(Duration.ZERO))
                    .isInstanceOf(TestServerException.class);

            await().atMost(Duration.ofSeconds(5)).until(() -> !postgres.isAlive());
            assertThat(folder.path()).doesNotExist();
        } finally {
            tests.destroyForcibly();
        }
    }

    private static Process hangingTests() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledTestsTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String firstLine(Process process) throws IOException {
        var reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = reader.readLine();
        assertThat(line).as("what the tests say").isNotNull();
        return line;
    }

    private static ProcessHandle postgres(ServerFolder folder) throws IOException {
        Path file = folder.data().resolve("database/postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()))
                .orElseThrow();
    }
}
