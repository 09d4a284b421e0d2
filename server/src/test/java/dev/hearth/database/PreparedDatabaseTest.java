package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.Config;
import dev.hearth.config.TestSettings;
import dev.hearth.observe.Event;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Refusal;
import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class PreparedDatabaseTest {

    @TempDir private Path data;

    /// Somebody's own database, with keys of its own.
    private Config given(String url) {
        return Config.from(
                TestSettings.of(
                        Map.of(
                                "HEARTH_DATABASE_URL", url,
                                "HEARTH_DATA", data.resolve("data").toString(),
                                "JWT_SECRET", "a-secret-of-our-own-with-more-than-32-characters",
                                "ANON_KEY", "a.b.c",
                                "SERVICE_ROLE_KEY", "d.e.f")));
    }

    @Test
    void refusesADatabaseWithoutALogicalLogAndPrintsTheStatementThatMendsIt() {
        var settings = EmbeddedSettings.throwAway(data.resolve("binaries"), Optional.empty());
        var replica =
                new EmbeddedSettings(
                        0,
                        settings.archive(),
                        settings.binaries(),
                        Map.of("fsync", "off", "wal_level", "replica"),
                        false,
                        true);
        try (var folder = DataFolder.hold(data.resolve("cluster"), 0);
                var postgres = EmbeddedPostgres.start(folder, replica, StartProgress.silent())) {
            String url = "postgresql://supabase_admin:x@127.0.0.1:" + postgres.port() + "/postgres";

            assertThatThrownBy(() -> PreparedDatabase.open(given(url), StartProgress.silent()))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> {
                                assertThat(refusal.problem().message())
                                        .contains("wal_level=replica");
                                assertThat(refusal.problem().hint().orElseThrow())
                                        .contains("alter system set wal_level = logical");
                            });
        }
    }

    @Test
    void keepsTheNameOfTheInstallationAndThePasswordsThatItMade() {
        try (var database = TestPostgres.cluster().createPlatformDatabase()) {
            String url = database.url(TestPostgres.SUPERUSER);
            List<String> first = facts(url);

            assertThat(facts(url)).isEqualTo(first);
        }
    }

    @Test
    void tellsThatThePartitionsOfMessagesCouldNotBeKept() {
        var events = new ArrayList<Event>();
        var observer = new Observer();
        observer.listen(events::add);
        try (var database = TestPostgres.cluster().createDatabase()) {
            PreparedDatabase.keepPartitions(
                    Databases.migrations(database, MigrationProgress.silent()), observer);
        }

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        DatabaseEvent.PartitionsNotKept.class,
                        event -> assertThat(event.reason()).contains("realtime"));
    }

    private List<String> facts(String url) {
        try (var prepared = PreparedDatabase.open(given(url), StartProgress.silent())) {
            return List.of(
                    prepared.installation(), prepared.logins().authenticator().password().value());
        }
    }
}
