package dev.hearth.client.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.internal.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Keeps sessions in a file.
///
/// Readers need no lock, since the file is replaced as a whole, by one that is on the disk before
/// it takes the name: neither a crash nor a power cut leaves half of one. Writers change it under
/// the lock of a second file beside it, `.lock`: that of the file itself would go away with each
/// replacement.
final class FileStorage implements SessionStorage {

    /// How long a writer waits for others before it gives up.
    static final int LOCK_PATIENCE_MILLIS = 5_000;

    private static final int LOCK_PAUSE_MILLIS = 5;

    private final Path path;
    private final Path lock;
    private final Path fresh;
    private final boolean posix;
    private final int patienceMillis;

    FileStorage(Path path) {
        this(path, LOCK_PATIENCE_MILLIS);
    }

    FileStorage(Path path, int patienceMillis) {
        this.patienceMillis = patienceMillis;
        this.path = path.toAbsolutePath();
        this.lock = this.path.resolveSibling(this.path.getFileName() + ".lock");
        this.fresh = this.path.resolveSibling(this.path.getFileName() + ".new");
        this.posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public Optional<String> getItem(String key) {
        try {
            return Optional.ofNullable(read().get(key));
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    @Override
    public void setItem(String key, String value) {
        change(items -> items.put(key, value));
    }

    @Override
    public void removeItem(String key) {
        change(items -> items.remove(key));
    }

    private void change(Consumer<Map<String, String>> change) {
        try {
            Files.createDirectories(path.getParent(), attributes("rwx------"));
            try (FileChannel channel = openLock();
                    FileLock held = locked(channel)) {
                Map<String, String> before = read();
                var after = new LinkedHashMap<>(before);
                change.accept(after);
                if (held.isValid() && !after.equals(before)) {
                    replace(after);
                }
            }
        } catch (IOException e) {
            throw failure("write", e);
        }
    }

    private FileChannel openLock() throws IOException {
        return FileChannel.open(
                lock,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                attributes("rw-------"));
    }

    /// The lock of a file is one of the whole Java virtual machine, which answers a second asker
    /// with an exception instead of letting it wait.
    private FileLock locked(FileChannel channel) throws IOException {
        for (int waited = 0; ; waited += LOCK_PAUSE_MILLIS) {
            FileLock held = tried(channel);
            if (held != null) {
                return held;
            }
            if (waited >= patienceMillis) {
                throw new IOException("another program holds its lock");
            }
            try {
                Thread.sleep(LOCK_PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for its lock", e);
            }
        }
    }

    private static @Nullable FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByAnotherThread) {
            return null;
        }
    }

    private Map<String, String> read() throws IOException {
        var items = new LinkedHashMap<String, String>();
        try {
            JsonNode tree = Json.protocol().readTree(Files.readAllBytes(path));
            tree.properties()
                    .forEach(
                            item -> {
                                if (item.getValue().isTextual()) {
                                    items.put(item.getKey(), item.getValue().textValue());
                                }
                            });
        } catch (NoSuchFileException | JsonProcessingException absentOrSpoilt) {
            return items;
        }
        return items;
    }

    /// Under the lock, so one name for the new file will do; what a crash left of it goes.
    private void replace(Map<String, String> items) throws IOException {
        Files.deleteIfExists(fresh);
        try {
            write(fresh, Json.protocol().writeValueAsBytes(items));
            Files.move(
                    fresh,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        attributes("rw-------"))) {
            for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private FileAttribute<?>[] attributes(String rights) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
                }
                : new FileAttribute<?>[0];
    }

    private UncheckedIOException failure(String what, IOException cause) {
        return new UncheckedIOException(
                "cannot " + what + " the session file " + path + ": " + cause.getMessage(), cause);
    }
}
