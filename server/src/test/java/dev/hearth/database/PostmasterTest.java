package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

class PostmasterTest {
    @Test
    void readsAReadyServer() {
        var lines = List.of("4711", "/data", "1", "54322", "", "127.0.0.1", " 1 2", "ready   ");

        assertThat(Postmaster.parse(lines)).contains(new Postmaster(4711, 54322, true));
    }

    @Test
    void tellsAServerThatIsStillComingUp() {
        var lines = List.of("4711", "/data", "1", "54322", "", "", "", "starting");

        assertThat(Postmaster.parse(lines)).contains(new Postmaster(4711, 54322, false));
    }

    @Test
    void waitsForAFileThatIsBeingWritten() {
        assertThat(Postmaster.parse(List.of("4711", "/data"))).isEmpty();
        assertThat(Postmaster.parse(List.of())).isEmpty();
    }

    @Test
    void takesNoProcessOfAnotherProgramForAServer(@TempDir Path cluster) {
        var self = new Postmaster(ProcessHandle.current().pid(), 1, true);

        assertThat(self.livesOn(cluster)).isFalse();
    }
}
