package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.Config;
import dev.hearth.config.DatabaseUrl;
import dev.hearth.config.Settings;
import dev.hearth.problem.Refusal;
import dev.hearth.testing.TestPostgres;
import dev.hearth.token.NewKeys;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@Tag("all-postgres")
class GivenDatabaseTest {
    @TempDir private Path data;

    @Test
    void laysThePlatformWhileAServerHoldsTheDataFolder() {
        try (var given = TestPostgres.cluster().createDatabase();
                var server = DataFolder.hold(data, 54321)) {
            GivenDatabase.migrate(
                    config(given.url(TestPostgres.SUPERUSER)), StartProgress.silent());

            assertThat(given.ask("select to_regclass('auth.users')")).isEqualTo("auth.users");
            assertThat(Credentials.in(server.path()).find("authenticator")).isPresent();
        }
    }

    @Test
    void laysThePartThatWasAskedFor() {
        try (var given = TestPostgres.cluster().createDatabase()) {
            GivenDatabase.migrate(
                    config(given.url(TestPostgres.SUPERUSER), "HEARTH_WITH", "support-chat"),
                    StartProgress.silent());

            assertThat(given.ask("select to_regnamespace('app')")).isEqualTo("app");
        }
    }

    @Test
    void keepsTheGivenPasswordOutOfTheFile() {
        try (var given = TestPostgres.cluster().createDatabase()) {
            GivenDatabase.migrate(
                    config(given.url(TestPostgres.SUPERUSER), "POSTGRES_PASSWORD", "given"),
                    StartProgress.silent());

            assertThat(Credentials.in(data).find("authenticator")).isEmpty();
        }
    }

    @Test
    void leavesThePasswordOfARoleWhoseAddressIsSet() {
        try (var given = TestPostgres.cluster().createDatabase()) {
            GivenDatabase.migrate(
                    config(
                            given.url(TestPostgres.SUPERUSER),
                            "HEARTH_AUTHENTICATOR_URL",
                            "postgresql://authenticator:own@127.0.0.1/x"),
                    StartProgress.silent());

            assertThat(Credentials.in(data).find("authenticator")).isEmpty();
            assertThat(Credentials.in(data).find("supabase_auth_admin")).isPresent();
        }
    }

    @Test
    void namesThePartThatDoesNotExist() {
        try (var given = TestPostgres.cluster().createDatabase()) {
            var config = config(given.url(TestPostgres.SUPERUSER), "HEARTH_WITH", "chat");

            assertThatThrownBy(() -> GivenDatabase.migrate(config, StartProgress.silent()))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("no part named chat");
        }
    }

    @Test
    void saysThatNobodyAnswersWithoutThePassword() {
        var config = config("postgresql://owner:hidden@127.0.0.1:1/app");

        assertThatThrownBy(() -> GivenDatabase.migrate(config, StartProgress.silent()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("owner@127.0.0.1:1/app")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void saysThatTheDatabaseDoesNotExist() {
        var port = TestPostgres.cluster().postgres().port();
        var config = config("postgresql://supabase_admin@127.0.0.1:" + port + "/nowhere");

        assertThatThrownBy(() -> GivenDatabase.migrate(config, StartProgress.silent()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void waitsForADatabaseThatIsStillDown() {
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

    private Config config(String url) {
        return config(Map.of("HEARTH_DATABASE_URL", url));
    }

    private Config config(String url, String name, String value) {
        return config(Map.of("HEARTH_DATABASE_URL", url, name, value));
    }

    private Config config(Map<String, String> settings) {
        var rest = Map.of("HEARTH_DATA", data.toString());
        return Config.from(Settings.of(List.of(settings, rest, NewKeys.make(Instant.now()))));
    }
}
