package dev.hearth.database;

import dev.hearth.problem.Refusal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Starts and stops the server of one cluster. `pg_ctl` does the starting, since it puts the server
/// into a session of its own: a Ctrl-C at the terminal is for us, and PostgreSQL must outlive the
/// draining that follows. Whether it is up is read from its pid file, which says so sooner than
/// `pg_ctl --wait` looks.
record PostmasterControl(Cluster cluster, PostgresBinaries binaries, DataFolder folder) {
    /// Until PostgreSQL answers; recovery after a crash is part of it.
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    /// For a fast shutdown, before an immediate one is asked for.
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private static final Duration STEP = Duration.ofMillis(5);
    private static final Duration WORTH_A_LINE = Duration.ofSeconds(2);
    private static final long LARGEST_LOG = 10L * 1024 * 1024;
    private static final int LAST_WORDS = 2000;

    void start(int port, StartProgress progress) throws IOException {
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        rotateLog();
        while (true) {
            // Nobody holds it any more, and its "ready" must not be taken for the new server's.
            Files.deleteIfExists(Postmaster.file(cluster.path()));
            var from = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
            if (attempt(port, deadline, progress)) {
                return;
            }
            var words = lastWords(from);
            // Children of a server that was killed need a moment to notice.
            if (!words.contains("pre-existing shared memory block")
                    || System.nanoTime() > deadline) {
                throw refusal(port, words);
            }
            pause(Duration.ofMillis(100));
        }
    }

    private boolean attempt(int port, long deadline, StartProgress progress) throws IOException {
        var starter =
                Program.start(
                        binaries.program("pg_ctl"),
                        List.of(
                                "start",
                                "--pgdata=" + cluster.path(),
                                "--log=" + folder.log(),
                                "--timeout=" + START_LIMIT.toSeconds(),
                                "--options=" + options(port)));
        var sayAt = System.nanoTime() + WORTH_A_LINE.toNanos();
        while (System.nanoTime() < deadline) {
            if (Postmaster.read(cluster.path()).filter(Postmaster::ready).isPresent()) {
                return true;
            }
            if (!starter.isAlive() && starter.exitValue() != 0) {
                return false;
            }
            if (System.nanoTime() > sayAt) {
                progress.step("waiting for PostgreSQL, which may be recovering from a crash");
                sayAt = Long.MAX_VALUE;
            }
            pause(STEP);
        }
        stop();
        return false;
    }

    private static String options(int port) {
        return "-c listen_addresses=%s -c port=%d -c unix_socket_directories="
                .formatted(EmbeddedPostgres.HOST, port);
    }

    private Refusal refusal(int port, String words) {
        if (words.contains("Address already in use")) {
            return new Refusal(new EmbeddedProblem.PortTaken(port));
        }
        if (DiskSpace.saysSo(words)) {
            return new Refusal(
                    new EmbeddedProblem.DiskFull(folder.path(), DiskSpace.free(folder.path())));
        }
        return new Refusal(new EmbeddedProblem.Failed("start", words, folder.log()));
    }

    /// Fast first, then without a checkpoint, then by force; returns when nothing runs.
    void stop() throws IOException {
        if (stopped() || (signal("fast") && endsWithin(STOP_LIMIT))) {
            return;
        }
        if (signal("immediate") && endsWithin(STOP_LIMIT)) {
            return;
        }
        Postmaster.running(cluster.path())
                .flatMap(postmaster -> ProcessHandle.of(postmaster.pid()))
                .ifPresent(ProcessHandle::destroyForcibly);
        endsWithin(STOP_LIMIT);
    }

    private boolean signal(String mode) throws IOException {
        return Program.run(
                        binaries.program("pg_ctl"),
                        "stop",
                        "--pgdata=" + cluster.path(),
                        "--mode=" + mode,
                        "--no-wait")
                .succeeded();
    }

    private boolean endsWithin(Duration limit) throws IOException {
        var pid = Postmaster.running(cluster.path()).map(Postmaster::pid);
        var deadline = System.nanoTime() + limit.toNanos();
        BooleanSupplier ended =
                () ->
                        pid.flatMap(ProcessHandle::of)
                                .flatMap(handle -> handle.info().command())
                                .isEmpty();
        while (System.nanoTime() < deadline) {
            if (stopped() && ended.getAsBoolean()) {
                return true;
            }
            pause(STEP);
        }
        return false;
    }

    private boolean stopped() throws IOException {
        return Postmaster.running(cluster.path()).isEmpty();
    }

    private void rotateLog() throws IOException {
        var log = folder.log();
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
            Files.move(
                    log,
                    log.resolveSibling(log.getFileName() + ".old"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String lastWords(long from) throws IOException {
        var log = folder.log();
        if (!Files.exists(log)) {
            return "";
        }
        try (var bytes = Files.newInputStream(log)) {
            bytes.skipNBytes(Math.max(from, Files.size(log) - LAST_WORDS));
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void pause(Duration time) throws InterruptedIOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while PostgreSQL changed its state");
        }
    }
}
