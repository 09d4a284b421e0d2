package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// The platform on somebody's own PostgreSQL: laid by an owner role without superuser, on a cluster
/// whose roles no superuser has made.
@Tag("all-postgres")
class OwnedPlatformTest {

    private static final TestPostgres CLUSTER = TestPostgres.ownCluster("owned");
    private static final TestDatabase DATABASE = CLUSTER.createDatabase();
    private static final List<String> WARNINGS = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void layAsOwner() throws SQLException {
        DATABASE.execute(
                "create role owner login createrole replication",
                "alter database " + DATABASE.name() + " owner to owner");
        migrations().platform(Map.of(), true);
    }

    @AfterAll
    static void stopCluster() {
        DATABASE.close();
        CLUSTER.postgres().close();
    }

    @Test
    void runsAgainWithoutHarm() throws SQLException {
        migrations().platform(Map.of(), true);
    }

    @Test
    void tellsWhoeverStartsItWhatTheOwnerMayNotDo() {
        assertThat(WARNINGS).anyMatch(warning -> warning.contains("Have a superuser run:"));
    }

    @Test
    void givesObjectsToTheirOwnRoles() {
        assertThat(
                        DATABASE.ask(
                                """
                                select string_agg(distinct nspname || '=' || relowner::regrole, ' ')
                                from pg_class c join pg_namespace n on n.oid = relnamespace
                                where nspname in ('auth', 'storage', 'realtime')
                                    and relkind in ('r', 'p')\
                                """))
                .isEqualTo(
                        "auth=supabase_auth_admin realtime=supabase_realtime_admin"
                                + " storage=supabase_storage_admin");
    }

    @Test
    void letsTheOwnerBeTheDeveloper() throws SQLException {
        assertThat(Databases.ask(DATABASE, "owner", "select hearth.developer()")).contains("owner");
    }

    @Test
    void runsTheProjectsOfTheHostedPlatform() throws Exception {
        // The extension of the others needs a superuser, as does storing settings of the data API.
        for (String file : List.of("20250210080000_rooms.sql", "20250211080000_broadcast.sql")) {
            var script =
                    new ProjectScript(
                            file,
                            StatementSplitter.split(
                                    Files.readString(
                                            Path.of(
                                                    "src/test/resources/projects/rooms/supabase/migrations/"
                                                            + file))),
                            MigrationProgress.silent(),
                            false);
            try (var connection = DATABASE.connect("owner")) {
                script.run(connection, () -> {});
            }
        }
        assertThat(DATABASE.ask("select to_regclass('public.rooms') is not null")).isEqualTo("t");
    }

    @Test
    void makesProfilesByATriggerOnUsers() throws Exception {
        DATABASE.execute("drop table if exists public.profiles cascade");
        try (var connection = DATABASE.connect("owner")) {
            new ProjectScript(
                            "profiles",
                            StatementSplitter.split(
                                    Files.readString(
                                            Path.of(
                                                    "src/test/resources/projects/notebook/supabase/migrations/"
                                                        + "20240105090000_profiles.sql"))),
                            MigrationProgress.silent(),
                            false)
                    .run(connection, () -> {});
        }
        DATABASE.execute(
                """
                set role supabase_auth_admin;
                insert into auth.users (id, raw_user_meta_data)
                values (gen_random_uuid(), '{"nickname": "Ida"}')\
                """);
        assertThat(DATABASE.ask("select nickname from public.profiles")).isEqualTo("Ida");
    }

    @Test
    void standsInForBypassOnStorageWhereItCannotBeGiven() {
        assertThat(
                        DATABASE.ask(
                                """
                                select (select rolbypassrls from pg_roles
                                        where rolname = 'service_role')
                                    <> exists (select from pg_policies
                                        where schemaname = 'storage')\
                                """))
                .isEqualTo("t");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void eachFileRunsTwiceWithPsql() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/psql")))
                .as("psql is not installed, so its runs are skipped")
                .isTrue();
        try (var other = CLUSTER.createDatabase()) {
            other.execute("alter database " + other.name() + " owner to owner");
            for (int run = 0; run < 2; run++) {
                for (Path file : platformFiles()) {
                    psql(other, file);
                }
            }
        }
    }

    private static void psql(TestDatabase target, Path file)
            throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                "/usr/bin/psql",
                                "-X",
                                "-q",
                                "-1",
                                "-v",
                                "ON_ERROR_STOP=1",
                                "-f",
                                file.toString(),
                                target.url("owner"))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s: %s", file.getFileName(), output).isZero();
    }

    /// The files as a DBA finds them, not those in a jar.
    private static List<Path> platformFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../sql/platform"))) {
            return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
        }
    }

    private static Migrations migrations() {
        var owner = Databases.source(DATABASE, "owner");
        return new Migrations(
                owner,
                owner,
                new MigrationProgress() {
                    @Override
                    public void applying(String file) {}

                    @Override
                    public void warning(String text) {
                        WARNINGS.add(text);
                    }
                });
    }
}
