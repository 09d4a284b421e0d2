package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Eight times the heap: 256 MB through 32 MB by default, which takes seconds;
/// `-Dhearth.test.huge.megabytes=1024` sends the whole gigabyte through 128 MB.
@Tag("all-postgres")
class HugeTransactionTest {
    private static final int MEGABYTES = Integer.getInteger("hearth.test.huge.megabytes", 256);
    private static final int ROWS = MEGABYTES * 10;
    private static final int ROW_BYTES = 104_858;

    @Test
    void passesATransactionEightTimesTheHeap() throws Exception {
        try (var database = TestPostgres.cluster().createDatabase()) {
            database.execute(
                    Followed.PUBLICATION,
                    "create table t (id int primary key, v text)",
                    "alter table t alter v set storage external",
                    "alter publication supabase_realtime add table t");
            Process child = start(database.jdbcUrl(), MEGABYTES / 8);
            try (var output = child.inputReader(StandardCharsets.UTF_8)) {
                assertThat(output.readLine()).isEqualTo("following");
                database.execute(
                        "insert into t select i, repeat('x', %d) from generate_series(1, %d) i"
                                .formatted(ROW_BYTES, ROWS));
                assertThat(output.lines().toList())
                        .containsExactly(ROWS + " rows, " + (long) ROWS * ROW_BYTES + " bytes");
                assertThat(child.waitFor()).isZero();
            } finally {
                child.destroyForcibly();
            }
        }
    }

    @Test
    void leavesOutARowThatIsLargerThanTheHeapAndTellsIt() throws Exception {
        try (var database = TestPostgres.cluster().createDatabase()) {
            database.execute(
                    Followed.PUBLICATION,
                    "create table t (id int primary key, v text)",
                    "alter publication supabase_realtime add table t");
            Process child = start(database.jdbcUrl(), 32);
            try (var output = child.inputReader(StandardCharsets.UTF_8)) {
                assertThat(output.readLine()).isEqualTo("following");
                database.execute("insert into t select 1, repeat('x', 60000000)");
                database.execute("insert into t values (2, 'small')");

                assertThat(output.lines().toList())
                        .contains("1 rows, 5 bytes")
                        .anyMatch(
                                line ->
                                        line.startsWith("gap ")
                                                && line.contains(
                                                        "a row was larger than the memory"));
                assertThat(child.waitFor()).isZero();
            } finally {
                child.destroyForcibly();
            }
        }
    }

    private static Process start(String url, int heapMegabytes) throws Exception {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + heapMegabytes + "m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FollowingProcess.class.getName(),
                                url))
                .redirectErrorStream(true)
                .start();
    }
}
