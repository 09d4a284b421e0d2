package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.IntStream;

@Tag("all-postgres")
class RestartTest {
    private static TestPostgres cluster;
    private TestDatabase database;

    @BeforeAll
    static void startACluster() {
        cluster = TestPostgres.ownCluster("replication-restart");
        try (var any = cluster.createDatabase()) {
            // Else a commit is told before it would outlive a kill.
            any.execute("alter system set synchronous_commit = on");
            any.execute("select pg_reload_conf()");
        }
    }

    @AfterAll
    static void stopIt() {
        cluster.postgres().close();
    }

    @BeforeEach
    void makeADatabase() {
        database = cluster.createDatabase();
        database.execute(Followed.PUBLICATION, Followed.PUBLISHED_TABLE);
    }

    @AfterEach
    void dropIt() {
        database.close();
    }

    @Test
    void missesAndRepeatsNothingWhenPostgresIsRestarted() {
        try (var followed = Followed.of(database, Followed.settings())) {
            followed.untilFollowing(1);
            insert(followed, 1, 50);
            cluster.postgres().restart();
            insert(followed, 51, 60);
            followed.marker(61);
            assertHeard(followed, 61);
        }
    }

    @Test
    void missesAndRepeatsNothingWhenPostgresIsKilled() throws Exception {
        try (var followed = Followed.of(database, Followed.settings())) {
            followed.untilFollowing(1);
            insert(followed, 1, 50);
            kill();
            cluster.postgres().restart();
            insert(followed, 51, 60);
            followed.marker(61);
            assertHeard(followed, 61);
        }
    }

    private static void kill() throws Exception {
        var postmaster = ProcessHandle.of(cluster.postgres().pid()).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get();
    }

    private static void insert(Followed followed, int from, int to) {
        for (int i = from; i <= to; i++) {
            followed.execute("insert into t values (" + i + ", 'a')");
        }
    }

    private static void assertHeard(Followed followed, int count) {
        assertThat(followed.heard.inserted())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList());
        assertThat(followed.heard.gaps).isEmpty();
    }

    @Test
    void doesNotKeepPostgresFromStoppingWhileNothingIsHandedOver() {
        try (var followed = Followed.of(database, Followed.settings())) {
            followed.untilFollowing(1);
            followed.heard.holds.set(true);
            followed.marker(1);

            long before = System.nanoTime();
            cluster.postgres().restart();
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(Duration.ofSeconds(20));

            followed.marker(2);
            assertThat(followed.heard.inserted()).containsExactly("1", "2");
        }
    }

    @Test
    void waitsForADatabaseThatIsDownAtTheStart() {
        cluster.postgres().stop();
        try (var followed = Followed.of(database, Followed.settings())) {
            Followed.await()
                    .until(() -> !followed.heard.events(ReplicationEvent.Waiting.class).isEmpty());
            assertThat(followed.heard.events(ReplicationEvent.Waiting.class).getFirst().problem())
                    .isInstanceOf(ReplicationProblem.Unreachable.class);
            assertThat(followed.replication.interruption()).isPresent();

            cluster.postgres().restart();
            followed.untilFollowing(1);
            followed.marker(1);
            assertThat(followed.replication.interruption()).isEmpty();
        }
    }

    @Test
    void makesASlotThatPostgresGaveUpAnew() {
        database.execute("alter system set max_slot_wal_keep_size = '16MB'");
        database.execute("select pg_reload_conf()");
        try (var followed = Followed.of(database, Followed.settings())) {
            followed.untilFollowing(1);
            followed.heard.holds.set(true);
            followed.marker(1);
            for (int i = 0; i < 4; i++) {
                ConfirmationTest.unpublishedWrites(followed, 30);
                followed.execute("select pg_switch_wal()", "checkpoint");
            }
            Followed.await().until(() -> !followed.heard.gaps.isEmpty());
            followed.heard.holds.set(false);
            followed.flowsWithinTenSeconds();

            assertThat(followed.heard.gaps)
                    .extracting(Gap::reason)
                    .containsOnly("the replication slot was invalidated");
        } finally {
            database.execute("alter system reset max_slot_wal_keep_size");
            database.execute("select pg_reload_conf()");
        }
    }

    @Test
    void warnsThatNothingBoundsTheSlot() {
        database.execute("alter system set max_slot_wal_keep_size = -1");
        database.execute("select pg_reload_conf()");
        try (var followed = Followed.of(database, Followed.settings())) {
            followed.untilFollowing(1);
            assertThat(followed.heard.events(ReplicationEvent.SlotUnbounded.class)).hasSize(1);
        } finally {
            database.execute("alter system reset max_slot_wal_keep_size");
            database.execute("select pg_reload_conf()");
        }
    }

    @Test
    void saysWhichStatementMendsTheWalLevelAndGoesOnOnceItIs() {
        database.execute("alter system set wal_level = 'replica'");
        cluster.postgres().restart();
        try (var followed = Followed.of(database, Followed.settings())) {
            untilWaitingFor(followed, ReplicationProblem.WalLevel.class);
            database.execute("alter system reset wal_level");
            cluster.postgres().restart();
            followed.untilFollowing(1);
            followed.marker(1);
        }
    }

    @Test
    void saysThatNoSlotIsFreeAndGoesOnOnceOneIs() {
        int slots = Integer.parseInt(database.ask("show max_replication_slots"));
        for (int i = 0; i < slots; i++) {
            database.execute("select pg_create_physical_replication_slot('full_" + i + "')");
        }
        try (var followed = Followed.of(database, Followed.settings())) {
            untilWaitingFor(followed, ReplicationProblem.NoFreeSlot.class);
            for (int i = 0; i < slots; i++) {
                database.execute("select pg_drop_replication_slot('full_" + i + "')");
            }
            followed.untilFollowing(1);
            followed.marker(1);
        }
    }

    @Test
    void saysThatTheRoleMayNotReplicateAndGoesOnOnceItMay() {
        database.execute("create role plain login");
        var heard = new Recorder();
        try (var _ =
                Replication.follow(
                        Followed.settings(),
                        Followed.connections(database, "plain", database.port()),
                        heard,
                        heard)) {
            Followed.await()
                    .untilAsserted(
                            () ->
                                    assertThat(heard.events(ReplicationEvent.Waiting.class))
                                            .extracting(ReplicationEvent.Waiting::problem)
                                            .contains(
                                                    new ReplicationProblem.NoReplicationRight(
                                                            "plain")));
            database.execute("alter role plain replication");
            Followed.await().until(() -> heard.followings.get() == 1);
        }
    }

    @Test
    void saysThatTheLoginIsRefused() {
        var heard = new Recorder();
        try (var _ =
                Replication.follow(
                        Followed.settings(),
                        Followed.connections(database, "nobody", database.port()),
                        heard,
                        heard)) {
            Followed.await()
                    .untilAsserted(
                            () ->
                                    assertThat(heard.events(ReplicationEvent.Waiting.class))
                                            .extracting(ReplicationEvent.Waiting::problem)
                                            .hasAtLeastOneElementOfType(
                                                    ReplicationProblem.LoginRefused.class));
        }
    }

    @Test
    void saysForWhomTheMakingOfASlotWaits() throws Exception {
        try (var writer = database.connect(TestPostgres.SUPERUSER);
                var statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("insert into t values (1, 'open')");
            try (var followed = Followed.of(database, Followed.settings())) {
                Followed.await()
                        .until(
                                () ->
                                        !followed.heard
                                                .events(ReplicationEvent.SlotCreationWaits.class)
                                                .isEmpty());
                writer.commit();
                followed.untilFollowing(1);
                followed.marker(2);
            }
        }
    }

    private static void untilWaitingFor(
            Followed followed, Class<? extends ReplicationProblem> problem) {
        Followed.await()
                .untilAsserted(
                        () ->
                                assertThat(followed.heard.events(ReplicationEvent.Waiting.class))
                                        .extracting(ReplicationEvent.Waiting::problem)
                                        .hasAtLeastOneElementOfType(problem));
    }
}
