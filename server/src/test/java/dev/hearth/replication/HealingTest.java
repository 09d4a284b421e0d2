package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.IntStream;

@Tag("all-postgres")
class HealingTest {
    @Test
    void missesAndRepeatsNothingWhenTheConnectionIsLost() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            for (int i = 1; i <= 20; i++) {
                followed.execute("insert into t values (" + i + ", 'a')");
                if (i % 5 == 0) {
                    followed.cut();
                }
            }
            followed.marker(21);

            assertThat(followed.heard.inserted())
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 21).mapToObj(Integer::toString).toList());
            assertThat(followed.heard.interruptions).isNotEmpty();
            assertThat(followed.heard.gaps).isEmpty();
        }
    }

    @Test
    void repeatsNothingOfWhatWasNotHandedOverYet() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.heard.holds.set(true);
            followed.marker(1);
            followed.cut();
            followed.untilFollowing(2);
            followed.marker(2);

            assertThat(followed.heard.inserted()).containsExactly("1", "2");
        }
    }

    @Test
    void goesOnInTheMiddleOfATransaction() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.heard.gate.lock();
            try {
                followed.execute(
                        "insert into t select i, repeat('x', 1000) from generate_series(1, 50000)"
                                + " i");
                followed.cut();
                Followed.await().until(() -> !followed.isSending());
            } finally {
                followed.heard.gate.unlock();
            }
            followed.untilFollowing(2);
            followed.marker(50_001);

            assertThat(followed.heard.inserted()).hasSize(50_001);
            assertThat(new HashSet<>(followed.heard.inserted())).hasSize(50_001);
            assertThat(followed.heard.stream)
                    .filteredOn(TransactionBegan.class::isInstance)
                    .hasSize(2);
        }
    }

    @Test
    void makesADroppedSlotAnewAndTellsWhatMayBeMissing() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.marker(1);
            dropSlot(followed);
            followed.untilFollowing(2);
            followed.marker(2);

            assertThat(followed.heard.gaps)
                    .singleElement()
                    .satisfies(
                            gap -> {
                                assertThat(gap.reason())
                                        .isEqualTo("the replication slot was dropped");
                                assertThat(gap.from()).isBefore(gap.to());
                            });
            assertThat(followed.heard.events(ReplicationEvent.SlotCreated.class)).hasSize(2);
        }
    }

    /// Whoever ends the sender races against its return for the slot.
    private static void dropSlot(Followed followed) {
        followed.execute(
                """
                do $$
                begin
                    for attempt in 1 .. 100 loop
                        perform pg_terminate_backend(active_pid) from pg_replication_slots
                            where slot_name = '%1$s';
                        begin
                            perform pg_drop_replication_slot('%1$s');
                            return;
                        exception when object_in_use then perform pg_sleep(0.01);
                        end;
                    end loop;
                    raise 'the slot could not be dropped';
                end $$
                """
                        .formatted(followed.slot()));
    }

    @Test
    void tellsWhoHoldsTheSlotAndWaits() throws Exception {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.marker(1);
            followed.replication.stop();
            try (Connection other = holder(followed, "somebody else")) {
                int pid = other.unwrap(PGConnection.class).getBackendPID();
                var settings = Followed.settings().withDeadPeerAfter(Duration.ZERO);
                try (var again = Followed.of(followed.database, settings)) {
                    Followed.await()
                            .untilAsserted(
                                    () ->
                                            assertThat(
                                                            again.heard.events(
                                                                    ReplicationEvent.Waiting.class))
                                                    .extracting(ReplicationEvent.Waiting::problem)
                                                    .contains(
                                                            new ReplicationProblem.SlotHeld(
                                                                    followed.slot(),
                                                                    pid,
                                                                    "127.0.0.1",
                                                                    "somebody else")));
                    other.abort(Runnable::run);
                    again.marker(2);
                    assertThat(again.heard.events(ReplicationEvent.HolderEnded.class)).isEmpty();
                }
            }
        }
    }

    @Test
    void endsAFormerLifeOfItsOwnThatIsSilent() throws Exception {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.marker(1);
            followed.replication.stop();
            try (Connection dead = holder(followed, Followed.settings().applicationName())) {
                int pid = dead.unwrap(PGConnection.class).getBackendPID();
                var settings = Followed.settings().withDeadPeerAfter(Duration.ofSeconds(1));
                try (var again = Followed.of(followed.database, settings)) {
                    again.marker(2);
                    assertThat(again.heard.events(ReplicationEvent.HolderEnded.class))
                            .extracting(ReplicationEvent.HolderEnded::pid)
                            .containsExactly(pid);
                }
            }
        }
    }

    @Test
    void leavesAFormerLifeOfItsOwnThatIsStillHeardOf() throws Exception {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE);
                var again = Followed.of(followed.database, Followed.settings())) {
            Followed.await()
                    .until(() -> !again.heard.events(ReplicationEvent.Waiting.class).isEmpty());
            followed.marker(1);
            assertThat(followed.heard.interruptions).isEmpty();
            assertThat(again.heard.events(ReplicationEvent.HolderEnded.class)).isEmpty();
        }
    }

    /// A client that reads from the slot and never gives a sign of life.
    private static Connection holder(Followed followed, String application) throws SQLException {
        Connection connection =
                Followed.connections(followed.database)
                        .open(
                                Map.of(
                                        "replication", "database",
                                        "preferQueryMode", "simple",
                                        "assumeMinServerVersion", "15",
                                        "ApplicationName", application));
        try (var statement = connection.createStatement()) {
            statement.execute("set wal_sender_timeout = 0");
        }
        Followed.await()
                .ignoreExceptions()
                .until(
                        () ->
                                connection
                                        .unwrap(PGConnection.class)
                                        .getCopyAPI()
                                        .copyDual(
                                                "START_REPLICATION SLOT "
                                                        + followed.slot()
                                                        + " LOGICAL 0/0 (proto_version '1',"
                                                        + " publication_names"
                                                        + " 'supabase_realtime')")
                                        .isActive());
        return connection;
    }

    @Test
    void opensAStreamAnewThatHasGoneSilent() throws Exception {
        try (var database = TestPostgres.cluster().createDatabase()) {
            database.execute(Followed.PUBLICATION, Followed.PUBLISHED_TABLE);
            try (var path = new BreakablePath(database.port())) {
                var settings =
                        Followed.settings()
                                .withSenderTimeout(Duration.ofSeconds(1))
                                .withDeadPeerAfter(Duration.ofSeconds(2));
                var heard = new Recorder();
                try (var _ =
                        Replication.follow(
                                settings,
                                Followed.connections(database, TestPostgres.SUPERUSER, path.port()),
                                heard,
                                heard)) {
                    Followed.await().until(() -> heard.followings.get() == 1);
                    path.swallow();
                    database.execute("insert into t values (1, 'a')");
                    Followed.await().until(() -> !heard.interruptions.isEmpty());
                    path.mend();
                    Followed.await().until(() -> heard.inserted().contains("1"));
                }
            }
        }
    }
}
