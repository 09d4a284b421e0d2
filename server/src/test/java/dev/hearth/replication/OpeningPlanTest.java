package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;

class OpeningPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final OpeningPlan.Memory NEW = OpeningPlan.Memory.NONE;
    private static final OpeningPlan.Memory FOLLOWED = memory(new Lsn(50), false, false);
    private static final ReplicationSettings SETTINGS = ReplicationSettings.of("here");

    private static OpeningPlan.Memory memory(
            Lsn delivered, boolean publicationLost, boolean slotGivenUp) {
        return new OpeningPlan.Memory(delivered, publicationLost, slotGivenUp, Optional.empty());
    }

    @Test
    void namesTheStatementThatMendsTheWalLevel() {
        assertThat(plan(facts("replica", true, slot("reserved")), NEW))
                .isInstanceOfSatisfying(
                        OpeningPlan.Wait.class,
                        wait ->
                                assertThat(wait.problem().remedy())
                                        .contains("alter system set wal_level = logical"));
    }

    @Test
    void waitsForThePublicationBeforeItMakesTheSlot() {
        assertThat(plan(facts("logical", false, Optional.empty()), NEW))
                .isEqualTo(
                        new OpeningPlan.Wait(
                                new ReplicationProblem.NoPublication("supabase_realtime")));
    }

    @Test
    void missesNothingWhenTheFirstSlotIsMade() {
        assertThat(plan(facts("logical", true, Optional.empty()), NEW))
                .isEqualTo(new OpeningPlan.Create(false, Optional.empty()));
    }

    @Test
    void saysWhatWasMissedWhenTheSlotHasGone() {
        assertThat(plan(facts("logical", true, Optional.empty()), FOLLOWED))
                .isEqualTo(
                        new OpeningPlan.Create(
                                false, Optional.of("the replication slot was dropped")));
    }

    @Test
    void saysInAFirstLifeTooThatASlotWasGivenUp() {
        assertThat(plan(facts("logical", true, Optional.empty()), memory(Lsn.NONE, false, true)))
                .isEqualTo(
                        new OpeningPlan.Create(
                                false,
                                Optional.of("too much had piled up in the replication slot")));
    }

    @Test
    void replacesASlotThatPostgresGaveUp() {
        assertThat(plan(facts("logical", true, slot("lost")), FOLLOWED))
                .isEqualTo(
                        new OpeningPlan.Create(
                                true, Optional.of("the replication slot was invalidated")));
    }

    @Test
    void leavesASlotOfAnotherPluginAlone() {
        var foreign =
                new ServerFacts.Slot("wal2json", "app", "reserved", new Lsn(40), Optional.empty());
        assertThat(plan(facts("logical", true, Optional.of(foreign)), NEW))
                .isEqualTo(
                        new OpeningPlan.Wait(
                                new ReplicationProblem.SlotTaken("hearth_1", "wal2json", "app")));
    }

    @Test
    void leavesASlotOfAnotherDatabaseAlone() {
        var foreign =
                new ServerFacts.Slot(
                        "pgoutput", "other", "reserved", new Lsn(40), Optional.empty());
        assertThat(plan(facts("logical", true, Optional.of(foreign)), NEW))
                .isInstanceOf(OpeningPlan.Wait.class);
    }

    @Test
    void asksWhoHoldsTheSlot() {
        var held =
                new ServerFacts.Slot("pgoutput", "app", "reserved", new Lsn(40), Optional.of(4711));
        assertThat(plan(facts("logical", true, Optional.of(held)), NEW))
                .isEqualTo(new OpeningPlan.Held(4711));
    }

    @Test
    void startsBehindWhatWasDeliveredAndNotWhereItWasConfirmed() {
        assertThat(plan(facts("logical", true, slot("reserved")), FOLLOWED))
                .isEqualTo(new OpeningPlan.Start(new Lsn(50), false, Optional.empty()));
    }

    @Test
    void startsWhereItWasConfirmedInANewLife() {
        assertThat(plan(facts("logical", true, slot("reserved")), NEW))
                .isEqualTo(new OpeningPlan.Start(new Lsn(40), false, Optional.empty()));
    }

    @Test
    void jumpsBehindThePlaceWhereThePublicationWasMissing() {
        assertThat(plan(facts("logical", true, slot("reserved")), memory(new Lsn(50), true, false)))
                .isEqualTo(
                        new OpeningPlan.Start(
                                new Lsn(100),
                                true,
                                Optional.of("the publication was dropped and created again")));
    }

    @Test
    void followsALogThatWasSetBack() {
        assertThat(
                        plan(
                                facts("logical", true, slot("reserved")),
                                memory(new Lsn(101), false, false)))
                .isEqualTo(
                        new OpeningPlan.Start(
                                new Lsn(40),
                                true,
                                Optional.of("the database was set back in time")));
    }

    @Test
    void startsBehindATransactionThatIsTooLarge() {
        var tooLarge = new OpeningPlan.Memory(new Lsn(50), false, false, Optional.of(new Lsn(70)));

        assertThat(plan(facts("logical", true, slot("reserved")), tooLarge))
                .isEqualTo(
                        new OpeningPlan.Start(
                                new Lsn(71),
                                true,
                                Optional.of("a row was larger than the memory")));
    }

    private static OpeningPlan plan(ServerFacts facts, OpeningPlan.Memory memory) {
        return OpeningPlan.of(facts, memory, SETTINGS);
    }

    private static Optional<ServerFacts.Slot> slot(String walStatus) {
        return Optional.of(
                new ServerFacts.Slot("pgoutput", "app", walStatus, new Lsn(40), Optional.empty()));
    }

    private static ServerFacts facts(
            String walLevel, boolean published, Optional<ServerFacts.Slot> slot) {
        return new ServerFacts(
                NOW,
                NOW,
                "app",
                "owner",
                walLevel,
                false,
                10,
                new Lsn(100),
                new TransactionId(1),
                published,
                "hearth_1",
                slot);
    }
}
