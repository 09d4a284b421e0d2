package dev.hearth.benchmarks.sdk;

import dev.hearth.benchmarks.receiver.ReceiverProcess;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The process of one receiver, asked by lines as [ReceiverProcess] tells.
final class Child implements AutoCloseable {

    /// The same for both. The flows of Kotlin hold 64 messages and lose the rest without a word; a
    /// queue of the Java SDK holds 1,000.
    private static final List<String> FLAGS =
            List.of("-Xms256m", "-Xmx256m", "-Dkotlinx.coroutines.channels.defaultBuffer=1000");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// @param count notes
    /// @param sum of their numbers
    record Heard(long count, long sum) {}

    /// Topics of this child's channels begin with it.
    final String topics;

    private final String name;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        topics = name + "-" + process.pid() + "-";
    }

    static Child start(Sdk sdk) throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", sdk.classPath(), sdk.main()));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var child = new Child(sdk.name(), process);
        Thread.ofPlatform().daemon().start(child::listen);
        return child;
    }

    private void listen() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException _) {
            // The process was ended.
        }
    }

    /// Opens a client and joins channels.
    ///
    /// @return how long that took inside the process
    Duration open(Source source, int channels) throws Exception {
        return Duration.ofNanos(
                Long.parseLong(
                        ask(
                                "open %s %s %s %d"
                                        .formatted(source.url(), source.key(), topics, channels))));
    }

    Heard heard() throws Exception {
        String[] numbers = ask("heard").split(" ", -1);
        return new Heard(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }

    /// In nanoseconds, sorted.
    long[] takeAges() throws Exception {
        String numbers = ask("ages");
        return numbers.isEmpty()
                ? new long[0]
                : Arrays.stream(numbers.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }

    /// Bytes in use after a collection.
    long heap() throws Exception {
        return Long.parseLong(ask("heap"));
    }

    void closeClient() throws Exception {
        var _ = ask("close");
    }

    /// Until another batch was heard.
    void awaitBatch() throws InterruptedException {
        if (!"ack".equals(answer())) {
            throw new IllegalStateException(name + " lost messages");
        }
    }

    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    private String ask(String question) throws IOException, InterruptedException {
        process.outputWriter().append(question).append('\n').flush();
        return answer();
    }

    private String answer() throws InterruptedException {
        String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (line == null) {
            throw new IllegalStateException(name + " says nothing; messages were lost");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        process.outputWriter().close();
        process.destroy();
        process.onExit().join();
    }
}
