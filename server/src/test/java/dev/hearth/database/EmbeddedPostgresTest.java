package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// What a running one is like.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedPostgresTest {
    private Path data;
    private DataFolder folder;
    private EmbeddedPostgres postgres;

    @BeforeAll
    void start(@TempDir Path temporary) {
        data = temporary.resolve("data");
        folder = DataFolder.hold(data, 54321);
        postgres =
                EmbeddedPostgres.start(
                        folder, TestFolders.settings(TestFolders.BINARIES), StartProgress.silent());
    }

    @AfterAll
    void stop() {
        postgres.close();
        folder.close();
    }

    @Test
    void refusesAConnectionWithoutThePassword() {
        assertThatThrownBy(() -> connect("wrong").close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void letsInWhoShowsTheKeptPassword() throws Exception {
        assertThat(ask("select current_user")).isEqualTo("supabase_admin");
    }

    @Test
    void syncsToDisk() throws Exception {
        assertThat(ask("show fsync")).isEqualTo("on");
        assertThat(ask("show full_page_writes")).isEqualTo("on");
        assertThat(ask("show synchronous_commit")).isEqualTo("on");
    }

    @Test
    void checksItsPages() throws Exception {
        assertThat(ask("show data_checksums")).isEqualTo("on");
    }

    @Test
    void isReadyForReplication() throws Exception {
        assertThat(ask("show wal_level")).isEqualTo("logical");
        assertThat(ask("show max_slot_wal_keep_size")).isEqualTo("1GB");
        assertThat(ask("show max_replication_slots")).isEqualTo("20");
    }

    @Test
    void listensOnThisMachineOnly() throws Exception {
        assertThat(ask("show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(ask("show unix_socket_directories")).isEmpty();
    }

    @Test
    void trustsNobody() throws Exception {
        var methods = "select string_agg(distinct auth_method, ',') from pg_hba_file_rules";
        assertThat(ask(methods)).isEqualTo("scram-sha-256");
    }

    @Test
    void keepsThePasswordFromOthers() throws Exception {
        var rights = Files.getPosixFilePermissions(data.resolve("credentials"));
        assertThat(rights.toString()).doesNotContain("GROUP").doesNotContain("OTHERS");
        assertThat(data.resolve("database.password")).doesNotExist();
    }

    @Test
    void keepsWhatUsersWroteOutOfItsLog() throws Exception {
        try (var connection = connect(password());
                var statement = connection.createStatement()) {
            statement.execute("create table noted (word text unique)");
            statement.execute("insert into noted values ('private-word')");
            assertThatThrownBy(() -> statement.execute("insert into noted values ('private-word')"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(data.resolve("postgres.log"))
                .content()
                .contains("duplicate key")
                .doesNotContain("private-word");
    }

    @Test
    void keepsItsRowsAndItsPortOverARestart() throws Exception {
        var port = postgres.port();
        ask("create table kept as select 1 as id");

        postgres.restart();

        assertThat(postgres.port()).isEqualTo(port);
        assertThat(ask("select count(*) from kept")).isEqualTo("1");
    }

    @Test
    void comesBackAfterItsProcessWasKilled() throws Exception {
        ask("create table survived as select 1 as id");
        ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();

        postgres.restart();

        assertThat(ask("select count(*) from survived")).isEqualTo("1");
    }

    @Test
    void startsOverAPidFileThatNamesAnotherProcess() throws Exception {
        postgres.stop();
        writePidFile(ProcessHandle.current().pid());

        postgres.restart();

        assertThat(ask("select 1")).isEqualTo("1");
    }

    @Test
    void keepsASettingThatADatabaseAdministratorChanged() throws Exception {
        ask("alter system set max_connections = 77");
        postgres.restart();
        assertThat(ask("show max_connections")).isEqualTo("77");
    }

    private void writePidFile(long pid) throws IOException {
        Files.writeString(
                data.resolve("database").resolve("postmaster.pid"),
                "%d\n%s\n1\n%d\n\n127.0.0.1\n\nready   \n"
                        .formatted(pid, data.resolve("database"), postgres.port()));
    }

    private String password() {
        return folder.credentials().find(EmbeddedPostgres.SUPERUSER).orElseThrow();
    }

    private Connection connect(String password) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl("postgres"), EmbeddedPostgres.SUPERUSER, password);
    }

    private String ask(String sql) throws SQLException {
        try (var connection = connect(password());
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (var rows = statement.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
