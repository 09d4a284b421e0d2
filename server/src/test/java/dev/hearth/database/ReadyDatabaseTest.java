package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.Config;
import dev.hearth.config.DatabaseUrl;
import dev.hearth.config.Settings;
import dev.hearth.problem.Refusal;
import dev.hearth.testing.TestPostgres;
import dev.hearth.token.NewKeys;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class ReadyDatabaseTest {
    @TempDir private Path data;

    @Test
    void letsThreeLoginsAndTheDeveloperIntoTheEmbeddedDatabase() throws Exception {
        var config = config(Map.of("HEARTH_DB_PORT", "0"));

        try (var database = ReadyDatabase.open(config, StartProgress.silent())) {
            assertThat(user(database.logins().authenticator())).isEqualTo("authenticator");
            assertThat(user(database.logins().auth())).isEqualTo("supabase_auth_admin");
            assertThat(user(database.logins().replication()))
                    .isEqualTo("supabase_replication_admin");
            assertThat(user(database.developer())).isEqualTo("postgres");
            assertThat(database.developer().reveal())
                    .startsWith("postgresql://postgres:postgres@127.0.0.1:");
        }
    }

    @Test
    void letsTheLoginsOfAGivenDatabaseIn() throws Exception {
        try (var given = TestPostgres.cluster().createPlatformDatabase();
                var database =
                        ReadyDatabase.open(
                                given(given.url(TestPostgres.SUPERUSER)), StartProgress.silent())) {
            assertThat(user(database.logins().authenticator())).isEqualTo("authenticator");
            assertThat(database.embedded()).isEmpty();
        }
    }

    @Test
    void keepsThePasswordsThatItMade() {
        try (var given = TestPostgres.cluster().createPlatformDatabase()) {
            var config = given(given.url(TestPostgres.SUPERUSER));
            var first = password(config);

            assertThat(password(config)).isEqualTo(first);
            assertThat(Credentials.in(data).find("authenticator")).contains(first);
        }
    }

    @Test
    void migratesAGivenDatabaseWhileAServerHoldsTheDataFolder() {
        try (var given = TestPostgres.cluster().createDatabase();
                var server = DataFolder.hold(data, 54321)) {
            ReadyDatabase.migrateGiven(
                    given(given.url(TestPostgres.SUPERUSER)), StartProgress.silent());

            assertThat(given.ask("select to_regclass('auth.users')")).isEqualTo("auth.users");
            assertThat(server.path()).isEqualTo(data);
        }
    }

    @Test
    void namesThePartThatDoesNotExist() {
        try (var given = TestPostgres.cluster().createDatabase()) {
            var config =
                    config(
                            Map.of(
                                    "HEARTH_DATABASE_URL",
                                    given.url(TestPostgres.SUPERUSER),
                                    "HEARTH_WITH",
                                    "chat"));

            assertThatThrownBy(() -> ReadyDatabase.migrateGiven(config, StartProgress.silent()))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("chat");
        }
    }

    @Test
    void saysThatNobodyAnswers() {
        var config = given("postgresql://owner:hidden@127.0.0.1:1/app");

        assertThatThrownBy(() -> ReadyDatabase.migrateGiven(config, StartProgress.silent()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("owner@127.0.0.1:1/app")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void saysThatTheDatabaseDoesNotExist() {
        var server = TestPostgres.cluster().postgres();
        var config = given("postgresql://supabase_admin@127.0.0.1:" + server.port() + "/nowhere");

        assertThatThrownBy(() -> ReadyDatabase.migrateGiven(config, StartProgress.silent()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void waitsForADatabaseThatIsStillDown() throws Exception {
        try (var server = TestPostgres.ownCluster("late").postgres()) {
            server.stop();
            var steps = new ArrayList<String>();
            var url = "postgresql://supabase_admin:x@127.0.0.1:" + server.port() + "/postgres";
            StartProgress startsIt =
                    line -> {
                        steps.add(line);
                        server.restart();
                    };

            OwnerConnections.await(DatabaseUrl.parse("test", url), true, startsIt);

            assertThat(steps).singleElement().asString().contains("waiting for the database");
        }
    }

    @Test
    void dropsTheSlotOfAGivenDatabase() {
        try (var given = TestPostgres.cluster().createDatabase()) {
            given.execute(
                    "select pg_create_logical_replication_slot('hearth_' || oid, 'pgoutput')"
                            + " from pg_database where datname = current_database()");
            var steps = new ArrayList<String>();

            SlotRemoval.run(given(given.url(TestPostgres.SUPERUSER)), steps::add);
            SlotRemoval.run(given(given.url(TestPostgres.SUPERUSER)), steps::add);

            assertThat(steps).hasSize(2);
            assertThat(steps.getFirst()).startsWith("dropped the replication slot hearth_");
            assertThat(steps.getLast()).startsWith("there is no replication slot");
        }
    }

    private String password(Config config) {
        try (var database = ReadyDatabase.open(config, StartProgress.silent())) {
            return database.logins().authenticator().password().value();
        }
    }

    private Config given(String url) {
        return config(Map.of("HEARTH_DATABASE_URL", url));
    }

    private Config config(Map<String, String> settings) {
        var keys =
                settings.containsKey("HEARTH_DATABASE_URL")
                        ? NewKeys.make(Instant.now())
                        : Map.<String, String>of();
        return Config.from(
                Settings.of(List.of(settings, Map.of("HEARTH_DATA", data.toString()), keys)));
    }

    private static String user(DatabaseUrl url) throws SQLException {
        try (var connection = DriverManager.getConnection(url.jdbcUrl(), url.properties());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select session_user")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
