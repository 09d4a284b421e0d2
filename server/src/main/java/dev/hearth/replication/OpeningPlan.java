package dev.hearth.replication;

import java.util.Optional;

/// What to do to open the stream, decided from facts alone.
sealed interface OpeningPlan {

    /// It cannot be opened for now.
    record Wait(ReplicationProblem problem) implements OpeningPlan {}

    /// Make the slot, then start at its beginning.
    ///
    /// @param replace whether one of that name is to be dropped first
    /// @param missed why changes may be missing; empty where nothing was followed before
    record Create(boolean replace, Optional<String> missed) implements OpeningPlan {}

    /// The slot is fine but another process reads from it.
    record Held(int pid) implements OpeningPlan {}

    /// Start here, or where the slot was confirmed if that is later.
    ///
    /// @param jump whether all before `from` is left out for good
    record Start(Lsn from, boolean jump, Optional<String> missed) implements OpeningPlan {}

    /// What is remembered from the streams before.
    ///
    /// @param delivered the end of the last transaction that came; [Lsn#NONE] before the first
    ///   stream
    /// @param publicationLost the last stream failed since the publication did not exist at its
    ///   place of the log
    /// @param slotGivenUp the slot was dropped by us, since too much had piled up
    /// @param tooLarge the commit of a transaction in which the memory ran out again and again
    record Memory(
            Lsn delivered, boolean publicationLost, boolean slotGivenUp, Optional<Lsn> tooLarge) {
        /// Before the first stream.
        static final Memory NONE = new Memory(Lsn.NONE, false, false, Optional.empty());

        boolean followedBefore() {
            return !delivered.equals(Lsn.NONE);
        }
    }

    static OpeningPlan of(ServerFacts facts, Memory memory, ReplicationSettings settings) {
        if (!facts.walLevel().equals("logical")) {
            return new Wait(new ReplicationProblem.WalLevel(facts.walLevel()));
        }
        // Before the slot: decoding what lies between the two would fail.
        if (!facts.published()) {
            return new Wait(new ReplicationProblem.NoPublication(settings.publication()));
        }
        Optional<ServerFacts.Slot> found = facts.slot();
        if (found.isEmpty()) {
            // Told in a first life too: the slot was older than it.
            return memory.slotGivenUp()
                    ? new Create(
                            false, Optional.of("too much had piled up in the replication slot"))
                    : new Create(false, missed(memory, "the replication slot was dropped"));
        }
        ServerFacts.Slot slot = found.get();
        if (!slot.isOursIn(facts.database())) {
            return new Wait(
                    new ReplicationProblem.SlotTaken(
                            facts.slotName(), slot.plugin(), slot.database()));
        }
        if (slot.holder().isPresent()) {
            return new Held(slot.holder().get());
        }
        if (slot.walStatus().equals("lost")) {
            // Told in a first life too: the slot is older than it.
            return new Create(true, Optional.of("the replication slot was invalidated"));
        }
        return start(facts, memory, slot);
    }

    private static OpeningPlan start(ServerFacts facts, Memory memory, ServerFacts.Slot slot) {
        if (memory.publicationLost()) {
            return new Start(
                    facts.log().orLater(memory.delivered()),
                    true,
                    Optional.of("the publication was dropped and created again"));
        }
        if (facts.log().isBefore(memory.delivered())) {
            return new Start(
                    slot.confirmed(), true, Optional.of("the database was set back in time"));
        }
        Lsn delivered = memory.delivered().orLater(slot.confirmed());
        return memory.tooLarge()
                .map(
                        commit ->
                                new Start(
                                        commit.next().orLater(delivered),
                                        true,
                                        Optional.of("a row was larger than the memory")))
                .orElseGet(() -> new Start(delivered, false, Optional.empty()));
    }

    private static Optional<String> missed(Memory memory, String reason) {
        return memory.followedBefore() ? Optional.of(reason) : Optional.empty();
    }
}
