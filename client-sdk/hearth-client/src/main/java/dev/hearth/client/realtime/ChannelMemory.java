package dev.hearth.client.realtime;

import java.util.List;
import java.util.Optional;

/// What outlives the joins.
///
/// @param tries that failed in a row
/// @param before whether it was ever in
/// @param tracked what is told of the program's presence; empty for nothing
/// @param buffer what waits for the join
record ChannelMemory(
        Plan plan,
        int tries,
        boolean before,
        Optional<String> tracked,
        List<Push> buffer,
        PresenceRoom room) {

    static ChannelMemory of(Plan plan) {
        return new ChannelMemory(plan, 0, false, Optional.empty(), List.of(), PresenceRoom.EMPTY);
    }

    ChannelMemory tries(int failed) {
        return new ChannelMemory(plan, failed, before, tracked, buffer, room);
    }

    ChannelMemory tracked(Optional<String> payload) {
        return new ChannelMemory(plan, tries, before, payload, buffer, room);
    }

    ChannelMemory buffer(List<Push> pushes) {
        return new ChannelMemory(plan, tries, before, tracked, List.copyOf(pushes), room);
    }

    ChannelMemory room(PresenceRoom now) {
        return new ChannelMemory(plan, tries, before, tracked, buffer, now);
    }

    /// It is in: what waited is sent, and nothing that was heard in an earlier join still counts.
    ChannelMemory in() {
        return new ChannelMemory(plan, 0, true, tracked, List.of(), room.joined());
    }
}
