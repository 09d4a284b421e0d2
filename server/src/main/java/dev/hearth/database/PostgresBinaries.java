package dev.hearth.database;

import dev.hearth.problem.Refusal;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;

/// PostgreSQL's programs, unpacked into a folder of their own that is named after the archive's
/// checksum, so that another archive never mixes with them. Several processes may unpack at the
/// same time: each does it beside the folder, and the first to rename wins.
///
/// @param version as the programs say it, for example `18.6`
record PostgresBinaries(Path folder, String version) {
    /// Written last: where it is, everything is.
    private static final String VERSION_FILE = "version";

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+\\S*)");
    private static final Set<PosixFilePermission> PROGRAM =
            PosixFilePermissions.fromString("rwxr-xr-x");

    /// The first number of the version: 18.
    int major() {
        return Integer.parseInt(version.split("\\D", 2)[0]);
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /// Finds the archive for this platform and unpacks it under `parent` unless that was done
    /// before.
    static PostgresBinaries unpackInto(
            Path parent, EmbeddedSettings settings, StartProgress progress) throws IOException {
        var archive = Archive.find(settings, Platform.here());
        var folder = parent.resolve("postgres-" + Long.toHexString(archive.checksum()));
        var versionFile = folder.resolve(VERSION_FILE);
        if (!Files.exists(versionFile)) {
            progress.step("unpacking PostgreSQL into " + folder);
            unpack(archive, parent, folder);
        }
        return new PostgresBinaries(folder, Files.readString(versionFile).strip());
    }

    private static void unpack(Archive archive, Path parent, Path folder) throws IOException {
        PrivateFiles.makeFolder(parent);
        var beside = Files.createTempDirectory(parent, folder.getFileName() + ".");
        try {
            try (var tar =
                    new TarArchiveInputStream(
                            new BufferedInputStream(new XZInputStream(archive.open()), 1 << 16))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(entry, tar, beside);
                }
            }
            Files.writeString(beside.resolve(VERSION_FILE), versionOf(beside));
            rename(beside, folder);
        } catch (IOException | RuntimeException e) {
            PrivateFiles.deleteTree(beside);
            throw e;
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path root)
            throws IOException {
        var target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("the archive reaches out of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(target, PROGRAM);
        }
    }

    private static String versionOf(Path folder) throws IOException {
        var said = Program.run(folder.resolve("bin").resolve("postgres"), "--version");
        var version = VERSION.matcher(said.output());
        if (!version.find()) {
            throw new IOException("postgres --version said: " + said.output());
        }
        return version.group(1);
    }

    private static void rename(Path beside, Path folder) throws IOException {
        try {
            Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Systems differ in how they say that another process was first.
            if (!Files.exists(folder.resolve(VERSION_FILE))) {
                throw e;
            }
            PrivateFiles.deleteTree(beside);
        }
    }

    /// The compressed programs inside a jar.
    ///
    /// @param checksum of the packed bytes, as the jar's directory has it
    private record Archive(URL location, long checksum) {
        static Archive find(EmbeddedSettings settings, Platform platform) throws IOException {
            var name = platform.archiveName();
            var jar = settings.archive();
            var location =
                    jar.isPresent()
                            ? URI.create("jar:" + jar.get().toUri() + "!/" + name).toURL()
                            : PostgresBinaries.class.getClassLoader().getResource(name);
            if (location == null) {
                throw new Refusal(new EmbeddedProblem.NoBinaries(platform.toString()));
            }
            return new Archive(location, checksum(location));
        }

        private static long checksum(URL location) throws IOException {
            var connection = location.openConnection();
            connection.setUseCaches(false);
            if (!(connection instanceof JarURLConnection entry)) {
                throw new IOException("the binaries are expected inside a jar: " + location);
            }
            try (var jar = entry.getJarFile()) {
                return jar.getJarEntry(entry.getEntryName()).getCrc();
            }
        }

        InputStream open() throws IOException {
            return location.openStream();
        }
    }
}
