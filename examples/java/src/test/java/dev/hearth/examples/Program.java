package dev.hearth.examples;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program of Java as a process of its own, from this one's class path. Ends with this JVM at the
/// latest.
final class Program implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path output;
    private final Thread hook;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
        hook = new Thread(process::destroyForcibly, "end a program");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static Program start(
            Path folder, List<String> options, Map<String, String> environment, String... command) {
        try {
            var words = new ArrayList<String>();
            words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            words.addAll(options);
            words.add("-XX:TieredStopAtLevel=1");
            words.add("-cp");
            words.add(absolute(System.getProperty("java.class.path")));
            words.addAll(List.of(command));
            Path output = Files.createTempFile(folder, "output", ".txt");
            var builder = new ProcessBuilder(words).directory(folder.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("HEARTH_"));
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            return new Program(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String absolute(String classPath) {
        return String.join(
                File.pathSeparator,
                List.of(classPath.split(File.pathSeparator, -1)).stream()
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    void type(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(output(), e);
        }
    }

    /// What it has printed so far.
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Closes its input and waits for its end.
    ///
    /// @return its exit code
    int end() throws InterruptedException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; it printed:\n" + output());
        }
        return process.exitValue();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// Asks it to end, and insists.
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .thenRun(process::destroyForcibly)
                .join();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
