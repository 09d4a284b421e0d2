package dev.hearth.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;

/// Clusters of test JVMs that were killed.
final class Leftovers {
    private Leftovers() {}

    /// Stops and deletes every cluster under `root` whose JVM is gone.
    static void remove(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (var folders = Files.newDirectoryStream(root, "cluster-*")) {
            for (var folder : folders) {
                var name = folder.getFileName().toString();
                var pid = Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
                if (ProcessHandle.of(pid).isEmpty()) {
                    stop(folder.resolve("database").resolve("postmaster.pid"));
                    delete(folder);
                }
            }
        }
    }

    /// The data are thrown away, so there is no need for a gentle end.
    private static void stop(Path pidFile) throws IOException {
        long pid;
        try {
            pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        } catch (NoSuchFileException stopped) {
            // Or another JVM of the same tests is taking it away.
            return;
        }
        ProcessHandle.of(pid)
                .filter(
                        process ->
                                process.info()
                                        .command()
                                        .filter(command -> command.endsWith("postgres"))
                                        .isPresent())
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    private static void delete(Path folder) {
        try (var tree = Files.walk(folder)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // Its last processes may still be writing; the next run finds what remains.
            return;
        }
    }
}
