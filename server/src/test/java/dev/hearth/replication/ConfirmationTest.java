package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

@Tag("all-postgres")
class ConfirmationTest {
    @Test
    void confirmsWhatWasHandedOver() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.marker(1);
            Lsn end = ended(followed).getLast().endLsn();
            Followed.await().until(() -> !followed.confirmed().isBefore(end));
        }
    }

    @Test
    void confirmsNothingBeforeItWasHandedOver() {
        var settings = Followed.settings().withSenderTimeout(Duration.ofSeconds(1));
        try (var followed = Followed.start(settings, Followed.PUBLISHED_TABLE)) {
            followed.heard.holds.set(true);
            followed.marker(1);
            followed.marker(2);
            List<TransactionEnded> ended = ended(followed);
            unpublishedWrites(followed, 1);

            // Two signs of life at least, each of which confirms what it may.
            Followed.await()
                    .during(Duration.ofSeconds(2))
                    .until(() -> followed.confirmed().isBefore(ended.getFirst().endLsn()));
            followed.replication.position().handedOver(ended.getFirst().endLsn());
            Followed.await().until(() -> followed.confirmed().equals(ended.getFirst().endLsn()));
            followed.replication.position().handedOver(ended.getLast().endLsn());
            Followed.await()
                    .until(() -> followed.confirmed().compareTo(ended.getLast().endLsn()) > 0);
        }
    }

    @Test
    void confirmsWritesToTablesThatNobodyFollows() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            Lsn before = followed.confirmed();
            unpublishedWrites(followed, 100);
            Lsn end = followed.logEnd();

            assertThat(end.value() - before.value()).isGreaterThan(100L << 20);
            Followed.await().until(() -> !followed.confirmed().isBefore(end));
        }
    }

    @Test
    void startsInANewLifeWhereTheLastOneConfirmed() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.marker(1);
            Lsn end = ended(followed).getLast().endLsn();
            Followed.await().until(() -> !followed.confirmed().isBefore(end));
            followed.replication.stop();
            followed.execute("insert into t values (2, 'while it was away')");

            try (var again = Followed.of(followed.database, Followed.settings())) {
                again.marker(3);
                assertThat(again.heard.inserted()).containsExactly("2", "3");
            }
        }
    }

    @Test
    void sendsNothingAgainAfterAnOrderlyStop() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.marker(1);
            Lsn end = ended(followed).getLast().endLsn();
            followed.replication.stop();
            assertThat(followed.confirmed()).isGreaterThanOrEqualTo(end);

            try (var again = Followed.of(followed.database, Followed.settings())) {
                again.marker(2);
                assertThat(again.heard.inserted()).containsExactly("2");
            }
        }
    }

    @Test
    void givesTheSlotUpWhenTooMuchHasPiledUpInItAndSaysThatSomethingWasMissed() {
        var limits =
                new LagLimits(
                        Duration.ofMillis(200),
                        1 << 20,
                        2 << 20,
                        OptionalLong.of(4 << 20),
                        Duration.ofMillis(600));
        try (var followed =
                Followed.start(Followed.settings().withLag(limits), Followed.PUBLISHED_TABLE)) {
            followed.heard.holds.set(true);
            followed.marker(1);
            unpublishedWrites(followed, 6);

            Followed.await()
                    .until(
                            () ->
                                    !followed.heard
                                            .events(ReplicationEvent.SlotGivenUp.class)
                                            .isEmpty());
            followed.heard.holds.set(false);
            followed.untilFollowing(2);
            followed.flowsWithinTenSeconds();

            assertThat(followed.heard.gaps)
                    .extracting(Gap::reason)
                    .containsExactly("too much had piled up in the replication slot");
            assertThat(followed.heard.inserted()).startsWith("1").doesNotHaveDuplicates();
        }
    }

    @Test
    void givesTheSlotUpWhileTheReceiverOfChangesHangs() {
        var limits =
                new LagLimits(
                        Duration.ofMillis(200),
                        1 << 20,
                        2 << 20,
                        OptionalLong.of(4 << 20),
                        Duration.ofMillis(600));
        try (var followed =
                Followed.start(Followed.settings().withLag(limits), Followed.PUBLISHED_TABLE)) {
            followed.heard.gate.lock();
            try {
                followed.execute("insert into t values (1, 'hangs')");
                unpublishedWrites(followed, 6);
                Followed.await()
                        .until(
                                () ->
                                        !followed.heard
                                                .events(ReplicationEvent.SlotGivenUp.class)
                                                .isEmpty());
            } finally {
                followed.heard.gate.unlock();
            }
            followed.untilFollowing(2);
            followed.flowsWithinTenSeconds();

            assertThat(followed.heard.gaps).hasSize(1);
        }
    }

    @Test
    void sendsAgainInANewLifeWhatWasNotHandedOver() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.heard.holds.set(true);
            followed.marker(1);
            followed.replication.stop();

            try (var again = Followed.of(followed.database, Followed.settings())) {
                again.marker(2);
                assertThat(again.heard.inserted()).containsExactly("1", "2");
            }
        }
    }

    @Test
    void leavesTheSlotWhenItStopsAndTellsWhatDropsIt() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.marker(1);
            Followed.await().until(() -> followed.replication.bytesBehind().isPresent());
            followed.replication.stop();

            assertThat(followed.heard.events(ReplicationEvent.SlotStays.class))
                    .singleElement()
                    .extracting(ReplicationEvent.SlotStays::dropStatement)
                    .isEqualTo("select pg_drop_replication_slot('" + followed.slot() + "');");
            assertThat(
                            followed.database.ask(
                                    "select count(*) from pg_replication_slots where slot_name = '"
                                            + followed.slot()
                                            + "'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void removesTheSlotOnlyWhenNobodyReadsFromIt() throws Exception {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            var connections = Followed.connections(followed.database);
            assertThat(Replication.removeSlot(Followed.settings(), connections))
                    .isInstanceOf(Replication.Removal.Refused.class);
            followed.replication.stop();
            String slot = followed.slot();
            Followed.await()
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    Replication.removeSlot(
                                                            Followed.settings(), connections))
                                            .isEqualTo(new Replication.Removal.Removed(slot)));
            assertThat(Replication.removeSlot(Followed.settings(), connections))
                    .isEqualTo(new Replication.Removal.Absent(slot));
        }
    }

    @Test
    void warnsOfALagAndOfItsEnd() {
        var settings =
                Followed.settings().withLag(Followed.lag(Duration.ofMillis(200), 1 << 20, 4 << 20));
        try (var followed = Followed.start(settings, Followed.PUBLISHED_TABLE)) {
            followed.heard.holds.set(true);
            followed.marker(1);
            unpublishedWrites(followed, 5);
            Followed.await()
                    .until(
                            () ->
                                    followed.heard.events(ReplicationEvent.Lagging.class).stream()
                                            .anyMatch(ReplicationEvent.Lagging::alarm));
            followed.replication.position().handedOver(ended(followed).getLast().endLsn());
            Followed.await()
                    .until(() -> !followed.heard.events(ReplicationEvent.CaughtUp.class).isEmpty());
        }
    }

    @Test
    void warnsOfASlotWithoutBounds() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            boolean unbounded = followed.database.ask("show max_slot_wal_keep_size").equals("-1");
            assertThat(followed.heard.events(ReplicationEvent.SlotUnbounded.class))
                    .hasSize(unbounded ? 1 : 0);
        }
    }

    private static List<TransactionEnded> ended(Followed followed) {
        return followed.heard.stream.stream()
                .filter(TransactionEnded.class::isInstance)
                .map(TransactionEnded.class::cast)
                .toList();
    }

    static void unpublishedWrites(Followed followed, int megabytes) {
        followed.execute(
                "create table if not exists unpublished (v text)",
                "alter table unpublished alter v set storage external",
                "insert into unpublished select repeat('x', 1048576) from generate_series(1, "
                        + megabytes
                        + ")");
    }
}
