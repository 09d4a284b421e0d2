package dev.hearth.database;

import dev.hearth.problem.Refusal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The folder that a Hearth keeps its database, passwords and state in, held for this process alone
/// until [#close()]. The hold is a lock of the operating system on `hearth.lock`, so it ends with
/// the process however that ends; the file's text says who holds it.
///
/// ```
/// <data>/hearth.lock      process 4711, port 54321, since 2026-01-01T00:00:00Z
///        credentials      passwords of the database roles
///        postgres-…/      binaries, unpacked once
///        database/        the cluster
///        postgres.log     what PostgreSQL says
/// ```
public final class DataFolder implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private final Credentials credentials;

    private DataFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
        this.credentials = new Credentials(path.resolve("credentials"));
    }

    /// Makes the folder when it is missing and holds it.
    ///
    /// @param port the port to name to the next one who asks for this folder
    /// @throws Refusal with [EmbeddedProblem.InUse], [EmbeddedProblem.NotWritable] or
    ///   [EmbeddedProblem.DiskFull]
    public static DataFolder hold(Path folder, int port) {
        var path = folder.toAbsolutePath().normalize();
        try {
            PrivateFiles.makeFolder(path);
            return lock(path, port);
        } catch (IOException e) {
            throw problem(path, e);
        }
    }

    private static DataFolder lock(Path path, int port) throws IOException {
        var file = path.resolve("hearth.lock");
        // A second channel to the same file must not even be opened here: closing it would drop the
        // lock that this process has (POSIX locks belong to the process, not to the channel).
        if (!HELD.add(path)) {
            throw new Refusal(new EmbeddedProblem.InUse(path, "this very process"));
        }
        try {
            return lock(path, file, port);
        } catch (IOException | RuntimeException e) {
            HELD.remove(path);
            throw e;
        }
    }

    private static DataFolder lock(Path path, Path file, int port) throws IOException {
        var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            var lock = channel.tryLock();
            if (lock == null) {
                throw new Refusal(new EmbeddedProblem.InUse(path, Files.readString(file).strip()));
            }
            var holder =
                    "process %d, port %d, since %s%n"
                            .formatted(
                                    ProcessHandle.current().pid(),
                                    port,
                                    Instant.now().truncatedTo(ChronoUnit.SECONDS));
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
            return new DataFolder(path, channel, lock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// What an input or output error in the data folder means for the person who chose it.
    static Refusal problem(Path path, IOException failure) {
        if (DiskSpace.isExhausted(path, failure)) {
            return new Refusal(new EmbeddedProblem.DiskFull(path, DiskSpace.free(path)));
        }
        var where =
                failure instanceof FileSystemException system && system.getFile() != null
                        ? system.getFile() + ": "
                        : "";
        var reason =
                failure instanceof FileSystemException system
                        ? system.getReason()
                        : failure.getMessage();
        return new Refusal(
                new EmbeddedProblem.NotWritable(
                        path,
                        where + (reason == null ? failure.getClass().getSimpleName() : reason)));
    }

    /// Absolute.
    public Path path() {
        return path;
    }

    /// Where PostgreSQL writes what it has to say.
    Path log() {
        return path.resolve("postgres.log");
    }

    /// The passwords kept here.
    public Credentials credentials() {
        return credentials;
    }

    /// Lets go of the folder. What is in it stays.
    @Override
    public void close() {
        try (channel) {
            if (lock.isValid()) {
                lock.release();
            }
        } catch (IOException e) {
            throw problem(path, e);
        } finally {
            HELD.remove(path);
        }
    }
}
