package dev.hearth.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A main class of the tests, run in a process of its own that can be killed. What it prints is
/// gathered line by line.
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private ChildJvm(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::gather);
    }

    /// Runs the main class with the class path of this JVM.
    public static ChildJvm run(Class<?> main, Object... arguments) throws IOException {
        return start(command(main, arguments));
    }

    /// Starts any command, for example one that wraps [#command].
    public static ChildJvm start(List<String> command) throws IOException {
        return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /// The command that runs the main class.
    public static List<String> command(Class<?> main, Object... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    private void gather() {
        try (var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(output ended: " + e.getMessage() + ")");
        }
    }

    /// What it has printed by now.
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /// Its process id.
    public long pid() {
        return process.pid();
    }

    /// Ends it as a power cut would.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /// Waits until it ends by itself.
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it does not end; it said: " + lines);
        }
        reader.join();
        return process.exitValue();
    }

    /// Asks it to end, as SIGTERM does.
    public void terminate() {
        // The handle's, since the process's own would close the stream that is being read.
        process.toHandle().destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
