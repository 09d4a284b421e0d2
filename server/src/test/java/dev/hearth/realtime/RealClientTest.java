package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// The unmodified JavaScript client, in both protocols.
class RealClientTest {

    private static final Path SCRIPTS = Path.of("src/test/clients/js");
    private static final long PATIENCE_SECONDS = 120;

    private record Result(int status, String output) {}

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.0.0"})
    void joinsBroadcastsAndTracksPresence(String vsn) throws Exception {
        assumeTrue(works("node"), "skipped: node is not installed");
        assumeTrue(works("npm"), "skipped: npm is not installed");
        if (!Files.isDirectory(SCRIPTS.resolve("node_modules/@supabase/supabase-js"))) {
            assertThat(run("npm", "ci")).extracting(Result::status).isEqualTo(0);
        }
        try (var server = TestRealtime.start()) {
            Result result =
                    run(
                            "node",
                            "realtime-core.mjs",
                            "http://127.0.0.1:" + server.port(),
                            TestRealtime.PUBLISHABLE,
                            vsn);

            assertThat(result.status()).as(result.output()).isZero();
            assertThat(result.output()).contains("ok " + vsn);
        }
    }

    private static boolean works(String command) {
        try {
            return run(command, "--version").status() == 0;
        } catch (IOException | InterruptedException _) {
            return false;
        }
    }

    private static Result run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .directory(SCRIPTS.toFile())
                        .redirectErrorStream(true)
                        .start();
        var output = new StringBuilder();
        Thread reader =
                Thread.startVirtualThread(
                        () -> {
                            try (var in = process.getInputStream()) {
                                output.append(
                                        new String(in.readAllBytes(), StandardCharsets.UTF_8));
                            } catch (IOException e) {
                                output.append(e);
                            }
                        });
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        reader.join();
        return new Result(process.waitFor(), output.toString());
    }
}
