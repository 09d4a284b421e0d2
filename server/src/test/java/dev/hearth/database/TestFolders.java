package dev.hearth.database;

import java.nio.file.Path;

/// The product's settings, with binaries that are unpacked once for all tests.
final class TestFolders {
    static final Path BINARIES = Path.of("target", "postgres").toAbsolutePath();

    private TestFolders() {}

    static EmbeddedSettings settings(Path binaries) {
        return EmbeddedSettings.onPort(0).withBinaries(binaries);
    }

    static EmbeddedPostgres start(Path data, Path binaries) {
        return start(data, binaries, StartProgress.silent());
    }

    static EmbeddedPostgres start(Path data, Path binaries, StartProgress progress) {
        return EmbeddedPostgres.start(DataFolder.hold(data, 0), settings(binaries), progress);
    }
}
