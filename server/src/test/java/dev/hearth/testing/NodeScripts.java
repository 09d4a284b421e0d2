package dev.hearth.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A folder of Node programs with a `package.json`, run with its packages installed. A test that
/// asks for one is skipped, with a word, where node or npm is missing.
///
/// @param folder relative to the module
public record NodeScripts(Path folder) {

    private static final long PATIENCE_SECONDS = 180;

    /// How a program ended.
    ///
    /// @param status its exit code
    /// @param output what it wrote to both outputs
    public record Result(int status, String output) {}

    /// The real JavaScript client.
    public static NodeScripts clients() {
        return in(Path.of("src/test/clients/js"));
    }

    /// The programs of a folder.
    public static NodeScripts in(Path folder) {
        var scripts = new NodeScripts(folder);
        assumeTrue(scripts.works("node"), "skipped: node is not installed");
        assumeTrue(scripts.works("npm"), "skipped: npm is not installed");
        Path lock = folder.resolve("node_modules/.package-lock.json");
        if (!Files.exists(lock) || isOlder(lock, folder.resolve("package-lock.json"))) {
            Result installed = scripts.command(List.of("npm", "ci"));
            assertThat(installed.status()).as(installed.output()).isZero();
        }
        return scripts;
    }

    /// Runs one program to its end, for at most three minutes.
    public Result run(String script, String... arguments) {
        var command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return command(command);
    }

    /// Starts one program, which runs until it is closed.
    ///
    /// @param environment what it finds in its environment, besides what this JVM has
    public RunningScript start(
            String script, Map<String, String> environment, String... arguments) {
        var command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return RunningScript.start(folder, command, environment);
    }

    private boolean works(String program) {
        try {
            return command(List.of(program, "--version")).status() == 0;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    private static boolean isOlder(Path one, Path other) {
        try {
            return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result command(List<String> command) {
        try {
            Path output = Files.createTempFile("node", ".out");
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            var result =
                    new Result(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
            Files.delete(output);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
