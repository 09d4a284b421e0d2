package dev.hearth.client.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/// Which folders the next start takes away.
class ServerFolderTest {

    @TempDir private Path temporary;
    private ServerFolder own;

    @BeforeEach
    void create() {
        own = ServerFolder.createIn(temporary);
    }

    @Test
    void deletesWhatTheDeadLeft() throws Exception {
        Path left = folder("hearth-test-1", endedProcess(), endedProcess());

        own.deleteAbandonedOnes();

        assertThat(left).doesNotExist();
        assertThat(own.path()).exists();
    }

    @Test
    void keepsWhatOneOfItsOwnersStillUses() throws Exception {
        Path used = folder("hearth-test-1", endedProcess(), ProcessHandle.current().pid());

        own.deleteAbandonedOnes();

        assertThat(used).exists();
    }

    @Test
    void isNotTakenInByANumberThatWasGivenAgain() throws Exception {
        Path left = folder("hearth-test-1", ProcessHandle.current().pid());
        Instant before =
                ProcessHandle.current().info().startInstant().orElseThrow().minusSeconds(60);
        Files.setLastModifiedTime(left.resolve("owners"), FileTime.from(before));

        own.deleteAbandonedOnes();

        assertThat(left).doesNotExist();
    }

    @Test
    void keepsWhatTellsNoOwnersAndWhatIsNamedOtherwise() throws Exception {
        Path untold = Files.createDirectory(temporary.resolve("hearth-test-2"));
        Path strange = folder("hearth-tests", endedProcess());

        own.deleteAbandonedOnes();

        assertThat(List.of(untold, strange)).allSatisfy(path -> assertThat(path).exists());
    }

    @Test
    void endsNoProcessThatDoesNotRunFromTheFolder() throws Exception {
        Path left = folder("hearth-test-1", endedProcess());
        Path told = left.resolve("data/database/postmaster.pid");
        Files.createDirectories(told.resolveSibling(""));
        Files.writeString(told, ProcessHandle.current().pid() + "\n");

        assertThat(new ServerFolder(left).postgres()).isEmpty();
    }

    private Path folder(String name, long... owners) throws IOException {
        var folder = new ServerFolder(Files.createDirectory(temporary.resolve(name)));
        for (long owner : owners) {
            folder.addOwner(owner);
        }
        return folder.path();
    }

    private static long endedProcess() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(java, "--version")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        process.waitFor();
        return process.pid();
    }
}
