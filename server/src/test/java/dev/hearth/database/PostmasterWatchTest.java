package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.observe.Event;
import dev.hearth.observe.Event.Level;
import dev.hearth.observe.Observer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A PostgreSQL that dies under a running server.
class PostmasterWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path data;

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private DataFolder folder;
    private EmbeddedPostgres postgres;

    @BeforeEach
    void start() {
        folder = DataFolder.hold(data, 0);
        postgres =
                EmbeddedPostgres.start(
                        folder, TestFolders.settings(TestFolders.BINARIES), StartProgress.silent());
        var observer = new Observer();
        observer.listen(events::add);
        postgres.keepAlive(observer, new Pauses(Duration.ofMillis(50), Duration.ofMillis(200)));
    }

    @AfterEach
    void stop() {
        postgres.close();
        folder.close();
    }

    @Test
    void startsAPostgresThatWasKilledOnTheSamePort() {
        int port = postgres.port();
        kill();

        await().atMost(PATIENCE).until(() -> has(DatabaseEvent.PostgresRevived.class));
        assertThat(postgres.port()).isEqualTo(port);
        assertThat(answers()).isTrue();
    }

    @Test
    void startsItAgainEachTime() {
        for (int times = 1; times <= 2; times++) {
            int wanted = times;
            kill();
            await().atMost(PATIENCE)
                    .until(() -> count(DatabaseEvent.PostgresRevived.class) == wanted);
        }
        assertThat(answers()).isTrue();
    }

    @Test
    void leavesOneThatWasStoppedAlone() {
        postgres.stop();
        assertThat(postgres.isMissing()).isFalse();
        postgres.restart();
        assertThat(events).isEmpty();
    }

    @Test
    void saysThatSomebodyMustActWhenItCannotStartAndGoesOnTrying() throws Exception {
        var settings = data.resolve("database/postgresql.conf");
        String working = Files.readString(settings);
        Files.writeString(settings, "\nno_such_setting = 1\n", StandardOpenOption.APPEND);
        kill();

        await().atMost(PATIENCE)
                .until(() -> events.stream().anyMatch(event -> event.level() == Level.ERROR));
        assertThat(
                        events.stream()
                                .filter(DatabaseEvent.PostgresNotRevived.class::isInstance)
                                .map(DatabaseEvent.PostgresNotRevived.class::cast))
                .first()
                .satisfies(
                        event -> {
                            assertThat(event.level()).isEqualTo(Level.WARN);
                            assertThat(event.reason()).contains("no_such_setting");
                        });

        Files.writeString(settings, working);
        await().atMost(PATIENCE).until(() -> has(DatabaseEvent.PostgresRevived.class));
        assertThat(answers()).isTrue();
    }

    private void kill() {
        ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
    }

    private boolean has(Class<? extends DatabaseEvent> kind) {
        return count(kind) > 0;
    }

    private long count(Class<? extends DatabaseEvent> kind) {
        return events.stream().filter(kind::isInstance).count();
    }

    private boolean answers() {
        try (var connection =
                DriverManager.getConnection(
                        postgres.jdbcUrl("postgres"),
                        EmbeddedPostgres.SUPERUSER,
                        folder.credentials().find(EmbeddedPostgres.SUPERUSER).orElseThrow())) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }
}
