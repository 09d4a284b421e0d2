package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.Main;
import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;
import dev.hearth.testing.ChildJvm;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Each way in which it cannot start, with the word that helps.
class EmbeddedProblemTest {
    @TempDir private Path temporary;

    @Test
    void namesBothVersionsWhenTheFolderIsOfAnotherMajor() throws Exception {
        Files.createDirectories(temporary.resolve("data/database"));
        Files.writeString(temporary.resolve("data/database/PG_VERSION"), "14\n");

        var problem = refusal(() -> start(EmbeddedSettings.onPort(0)));

        assertThat(problem.message()).contains("PostgreSQL 14").contains("PostgreSQL 18");
        assertThat(problem.hint()).get().asString().contains("pg_dumpall").contains("--data");
    }

    @Test
    void namesTheOptionWhenThePortIsTaken() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var problem = refusal(() -> start(EmbeddedSettings.onPort(other.getLocalPort())));

            assertThat(problem.message()).contains("Port " + other.getLocalPort());
            assertThat(problem.hint()).get().asString().contains("--db-port", "HEARTH_DB_PORT");
        }
    }

    @Test
    void namesTheFolderThatCannotBeMade() throws Exception {
        Files.writeString(temporary.resolve("data"), "a file, not a folder");

        var problem = refusal(() -> start(EmbeddedSettings.onPort(0)));

        assertThat(problem).isInstanceOf(EmbeddedProblem.NotWritable.class);
        assertThat(problem.message()).contains(temporary.resolve("data").toString());
        assertThat(problem.hint()).get().asString().contains("--data");
    }

    @Test
    void namesThePlatformThatHasNoBinaries() {
        var problem = new EmbeddedProblem.NoBinaries(Platform.of("Linux", "riscv64").toString());

        assertThat(problem.message()).contains("linux-riscv64");
        assertThat(problem.hint()).get().asString().contains("--database-url");
    }

    @Test
    void namesWhoHoldsTheFolder() throws Exception {
        var data = temporary.resolve("data");
        try (var other = ChildJvm.run(HoldingProcess.class, data, TestFolders.BINARIES)) {
            var postmaster = started(other);

            var problem = refusal(() -> DataFolder.hold(data, 54321).close());

            assertThat(problem.message()).contains("process " + other.pid()).contains("since 20");
            other.kill();
            stopWhatIsLeft(postmaster, data);
        }
    }

    @Test
    void refusesAFolderThatThisProcessHolds() {
        try (var first = DataFolder.hold(temporary, 1)) {
            var problem = refusal(() -> DataFolder.hold(temporary, 2).close());

            assertThat(problem).isInstanceOf(EmbeddedProblem.InUse.class);
            assertThat(first.path()).isEqualTo(temporary);
        }
        DataFolder.hold(temporary, 3).close();
    }

    @Test
    void losesNothingWhenTheDiskIsFull() throws Exception {
        try (var child = ChildJvm.start(onADiskOf("200m"))) {
            child.exitCode();
            assumeUserNamespaces(child);

            assertThat(child.lines())
                    .anyMatch(line -> line.startsWith("disk_full: "))
                    .contains("kept 42");
        }
    }

    @Test
    void doesNotBeginOnADiskThatIsTooSmall() throws Exception {
        try (var child = ChildJvm.start(onADiskOf("8m"))) {
            child.exitCode();
            assumeUserNamespaces(child);

            assertThat(child.lines()).singleElement().asString().startsWith("disk_full: ");
        }
    }

    @Test
    void namesTheCommandWhenRootMayNotMakeAUserNamespace() throws Exception {
        assumeThat(ProcessUser.isRoot()).as("runs as root").isTrue();
        Path refusing = Files.createDirectories(temporary.resolve("bin")).resolve("unshare");
        Files.writeString(
                refusing,
                "#!/bin/sh\necho 'unshare: unshare failed: Operation not permitted'; exit 1\n");
        assertThat(refusing.toFile().setExecutable(true)).isTrue();
        Path data = temporary.resolve("data");
        var command =
                new ArrayList<>(
                        List.of(
                                "env",
                                "PATH=" + refusing.getParent() + ":" + System.getenv("PATH")));
        command.addAll(ChildJvm.command(Main.class, "start", "--data", data));

        try (var child = ChildJvm.start(command)) {
            assertThat(child.exitCode()).isEqualTo(1);
            assertThat(child.lines())
                    .hasSize(2)
                    .satisfiesExactly(
                            message ->
                                    assertThat(message)
                                            .contains("does not run as root")
                                            .contains("Operation not permitted"),
                            hint ->
                                    assertThat(hint)
                                            .contains(
                                                    "runuser -u hearth -- ./hearth start --data "
                                                            + data)
                                            .contains("--database-url postgresql://"));
        }
    }

    /// The child's own mount namespace, in which it may mount.
    private List<String> onADiskOf(String size) {
        var script = "mount -t tmpfs -o size=" + size + " tmpfs \"$0\" || exit 77; exec \"$@\"";
        var command =
                new ArrayList<>(
                        List.of("unshare", "-Urm", "sh", "-c", script, temporary.toString()));
        command.addAll(ChildJvm.command(FullDiskProcess.class, temporary, TestFolders.BINARIES));
        return command;
    }

    private static void assumeUserNamespaces(ChildJvm child) throws InterruptedException {
        assumeThat(child.exitCode())
                .as("this machine lets a test mount a small disk: %s", child.lines())
                .isZero();
    }

    private void start(EmbeddedSettings settings) {
        try (var folder = DataFolder.hold(temporary.resolve("data"), 0)) {
            EmbeddedPostgres.start(
                            folder,
                            settings.withBinaries(TestFolders.BINARIES),
                            StartProgress.silent())
                    .close();
        }
    }

    private static Problem refusal(ThrowingCallable action) {
        return catchThrowableOfType(Refusal.class, action).problem();
    }

    private static long started(ChildJvm child) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> child.lines().stream().anyMatch(line -> line.startsWith("started ")));
        return Long.parseLong(child.lines().getLast().substring("started ".length()));
    }

    private static void stopWhatIsLeft(long postmaster, Path data) {
        assertThat(ProcessHandle.of(postmaster)).isPresent();
        try (var folder = DataFolder.hold(data, 0)) {
            EmbeddedPostgres.start(
                            folder,
                            TestFolders.settings(TestFolders.BINARIES),
                            StartProgress.silent())
                    .close();
        }
    }
}
