package dev.hearth.client.test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The folder of one server, made for it and deleted after it.
///
/// ```
/// <folder>/arguments      class path of the process
///          owners         the tests' process and the server's, a line each
///          server.log     what the server said
///          data/          its data folder
/// ```
///
/// @param path absolute
record ServerFolder(Path path) {

    private static final String GREETING = "  Hearth is ready";
    private static final int LAST_LINES = 40;
    private static final String PREFIX = "hearth-test-";
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);
    private static final Duration POSTGRES_PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    static ServerFolder create() {
        return createIn(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static ServerFolder createIn(Path parent) {
        try {
            var folder =
                    new ServerFolder(Files.createTempDirectory(parent, PREFIX).toAbsolutePath());
            folder.addOwner(ProcessHandle.current().pid());
            return folder;
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

    /// Writes down a process that the folder is in use by.
    void addOwner(long pid) throws IOException {
        Files.writeString(
                owners(), pid + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path owners() {
        return path.resolve("owners");
    }

    /// Deletes the folders beside this one whose owners have all ended without it, by `kill -9` or
    /// with the machine, and ends what still runs in them.
    void deleteAbandonedOnes() {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(path.resolveSibling(""), PREFIX + "*")) {
            for (Path one : found) {
                var other = new ServerFolder(one);
                if (other.isAbandoned(Files.getOwner(path))) {
                    other.endPostgres();
                    other.delete();
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            // The next start tries again.
        }
    }

    /// Whether it is the user's own and its owners are known and gone.
    private boolean isAbandoned(UserPrincipal user) {
        try {
            Instant written = Files.getLastModifiedTime(owners()).toInstant();
            return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(user)
                    && Files.readAllLines(owners()).stream()
                            .noneMatch(pid -> lives(Long.parseLong(pid), written));
        } catch (IOException | NumberFormatException unknown) {
            return false;
        }
    }

    /// Whether it is the process that this number meant then. Numbers are given again; and a
    /// process that has ended and that nobody has waited for has no command any more.
    private static boolean lives(long pid, Instant then) {
        return ProcessHandle.of(pid)
                .map(ProcessHandle::info)
                .filter(info -> info.command().isPresent())
                .flatMap(ProcessHandle.Info::startInstant)
                .filter(started -> started.isBefore(then.plus(CLOCK_STEP)))
                .isPresent();
    }

    /// Ends the PostgreSQL that a server leaves behind which had no time to stop it: one whose
    /// program was unpacked into this very folder. Asked first, since by force it would leave
    /// shared memory behind; its helper processes end when they miss it.
    void endPostgres() {
        postgres().ifPresent(ProcessHandle::destroy);
        long asked = System.nanoTime();
        while (postgres().isPresent()) {
            if (System.nanoTime() - asked > POSTGRES_PATIENCE.toNanos()) {
                postgres().ifPresent(ProcessHandle::destroyForcibly);
                return;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    Optional<ProcessHandle> postgres() {
        Path file = data().resolve("database/postmaster.pid");
        try (Stream<String> lines = Files.lines(file)) {
            String programs = path.toRealPath() + File.separator;
            return lines.findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                    .filter(process -> process.info().command().orElse("").startsWith(programs));
        } catch (IOException | RuntimeException none) {
            return Optional.empty();
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
