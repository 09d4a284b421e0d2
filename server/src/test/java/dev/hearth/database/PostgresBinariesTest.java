package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

class PostgresBinariesTest {

    @TempDir private Path parent;

    /// The other one unpacks all of it between this one's look and its own rename.
    @Test
    void whoeverIsSecondTakesWhatTheFirstUnpacked() throws IOException {
        var settings = EmbeddedSettings.onPort(0);
        var others = new ArrayList<PostgresBinaries>();
        StartProgress overtaken =
                step -> {
                    try {
                        others.add(
                                PostgresBinaries.unpackInto(
                                        parent, settings, StartProgress.silent()));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                };

        var mine = PostgresBinaries.unpackInto(parent, settings, overtaken);

        assertThat(others).containsExactly(mine);
        try (var left = Files.list(parent)) {
            assertThat(left).containsExactly(mine.folder());
        }
    }
}
