package dev.hearth.client.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.stream.Stream;

/// The folder of one server, made for it and deleted after it.
///
/// ```
/// <folder>/arguments      class path of the process
///          server.log     what the server said
///          data/          its data folder
/// ```
///
/// @param path absolute
record ServerFolder(Path path) {

    private static final String GREETING = "  Hearth is ready";
    private static final int LAST_LINES = 40;

    static ServerFolder create() {
        try {
            return new ServerFolder(Files.createTempDirectory("hearth-test-").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return path.resolve("data");
    }

    Path log() {
        return path.resolve("server.log");
    }

    Path arguments() {
        return path.resolve("arguments");
    }

    /// There from when the server is ready until it has stopped.
    Path state() {
        return data().resolve("hearth.json");
    }

    /// What the server said last, without its greeting, which tells the keys.
    String lastWords() {
        try {
            var lines = new ArrayList<String>();
            boolean greeted = false;
            for (String line : Files.readAllLines(log(), StandardCharsets.UTF_8)) {
                greeted |= line.startsWith(GREETING);
                boolean greets = line.isBlank() || line.startsWith("  ");
                if (!greeted || line.startsWith("  - ") || !greets) {
                    lines.add(line);
                }
            }
            return String.join(
                    "\n  ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "(nothing)";
        }
    }

    /// Ends the PostgreSQL that a server leaves behind which had no time to stop it. Its data is
    /// thrown away, so it needs no farewell; its helper processes end when they miss it.
    void endPostgres() {
        Path file = data().resolve("database/postmaster.pid");
        try (Stream<String> lines = Files.lines(file)) {
            lines.findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                    .filter(process -> process.info().command().orElse("").contains("postgres"))
                    .ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException | RuntimeException none) {
            // There is no such file, or no such process.
        }
    }

    /// Deletes what can be deleted.
    void delete() {
        try (Stream<Path> all = Files.walk(path)) {
            all.sorted(Comparator.reverseOrder()).forEach(ServerFolder::deleteOne);
        } catch (IOException | UncheckedIOException gone) {
            // Somebody else deletes it at the same time.
        }
    }

    private static void deleteOne(Path one) {
        try {
            Files.deleteIfExists(one);
        } catch (IOException held) {
            // Left to whoever empties the folder for temporary files.
        }
    }
}
