package dev.hearth.database;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// The passwords of the database roles that Hearth signs in as, kept in `<data>/credentials`: one
/// `role=password` a line, readable by its owner only. Each change replaces the file as a whole, so
/// that a crash leaves the old or the new one. Safe for several threads of one process; other
/// processes are kept out by [DataFolder].
public final class Credentials {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();

    Credentials(Path file) {
        this.file = file;
    }

    /// Those of a data folder that somebody else may hold.
    static Credentials in(Path data) {
        return new Credentials(data.resolve("credentials"));
    }

    /// The password of `role`, if one was kept.
    public Optional<String> find(String role) {
        lock.lock();
        try {
            return Optional.ofNullable(read().get(role));
        } finally {
            lock.unlock();
        }
    }

    /// The password of `role`; a new one is made and kept when there is none.
    public String findOrCreate(String role) {
        lock.lock();
        try {
            var known = read().get(role);
            if (known != null) {
                return known;
            }
            var made = random();
            keep(role, made);
            return made;
        } finally {
            lock.unlock();
        }
    }

    /// Keeps `password` for `role`, in place of the one before.
    public void keep(String role, String password) {
        lock.lock();
        try {
            var all = new TreeMap<>(read());
            all.put(role, password);
            var text =
                    all.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()) + "\n")
                            .collect(Collectors.joining());
            PrivateFiles.makeFolder(file.toAbsolutePath().resolveSibling("."));
            PrivateFiles.replace(file, "# Passwords of the database roles. Keep private.\n" + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    private Map<String, String> read() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            var properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            return properties.stringPropertyNames().stream()
                    .collect(Collectors.toMap(name -> name, properties::getProperty));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A backslash begins an escape in a properties file, and leading space is skipped.
    private static String escaped(String value) {
        var doubled = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return doubled.startsWith(" ") ? "\\" + doubled : doubled;
    }

    /// 192 random bits in letters that need no escaping in a URL.
    private static String random() {
        var bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
