package dev.hearth.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that a test has started and ends. Made by [NodeScripts#start].
public final class RunningScript implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final Process process;
    private final Path written;

    private RunningScript(Process process, Path written) {
        this.process = process;
        this.written = written;
    }

    static RunningScript start(Path folder, List<String> command, Map<String, String> environment) {
        try {
            Path written = Files.createTempFile("node", ".out");
            var builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(written.toFile());
            builder.environment().putAll(environment);
            return new RunningScript(builder.start(), written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What it has written to both outputs until now.
    public String output() {
        try {
            return Files.readString(written, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether it still runs.
    public boolean isAlive() {
        return process.isAlive();
    }

    /// Ends it, with force when it does not listen.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.delete(written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
