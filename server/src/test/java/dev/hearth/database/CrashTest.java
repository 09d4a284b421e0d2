package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is left when processes are killed.
class CrashTest {
    @TempDir private Path data;

    @Test
    void findsEveryCommittedRowAfterServerAndPostgresWereKilled() throws Exception {
        try (var child = ChildJvm.run(CommittingProcess.class, data, TestFolders.BINARIES)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> committed(child).size() > 100);
            ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();
            child.kill();

            assertThat(rowsAfter(new ArrayList<>())).containsAll(committed(child));
        }
    }

    @Test
    void stopsThePostgresOfAKilledServerAndSaysSo() throws Exception {
        try (var child = ChildJvm.run(CommittingProcess.class, data, TestFolders.BINARIES)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> committed(child).size() > 10);
            var orphan = postmaster();
            child.kill();
            var steps = new ArrayList<String>();

            assertThat(rowsAfter(steps)).containsAll(committed(child));
            assertThat(steps).singleElement().asString().contains("process " + orphan);
        }
    }

    @Test
    void stopsPostgresWhenTheProcessEndsWithoutClosingIt() throws Exception {
        try (var child = ChildJvm.run(HoldingProcess.class, data, TestFolders.BINARIES, "end")) {
            assertThat(child.exitCode()).isZero();
            assertThat(data.resolve("database/postmaster.pid")).doesNotExist();
        }
    }

    private long postmaster() throws Exception {
        var lines = Files.readAllLines(data.resolve("database/postmaster.pid"));
        return Long.parseLong(lines.getFirst());
    }

    private static List<Long> committed(ChildJvm child) {
        return child.lines().stream()
                .filter(line -> line.startsWith("committed "))
                .map(line -> Long.valueOf(line.substring("committed ".length())))
                .toList();
    }

    private List<Long> rowsAfter(List<String> steps) throws Exception {
        try (var folder = DataFolder.hold(data, 0);
                var postgres =
                        EmbeddedPostgres.start(
                                folder, TestFolders.settings(TestFolders.BINARIES), steps::add);
                var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl("postgres"),
                                EmbeddedPostgres.SUPERUSER,
                                folder.credentials()
                                        .find(EmbeddedPostgres.SUPERUSER)
                                        .orElseThrow());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select id from committed")) {
            var ids = new ArrayList<Long>();
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        }
    }
}
