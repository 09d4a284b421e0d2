package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Where a channel stands, as a value. Each thing that can happen is a method that gives the next
/// state and what is to be done; a state answers those that mean something to it, all others leave
/// it as it is. Nothing here looks at a clock, a socket or a thread.
///
/// ```text
/// Idle ──subscribe──▶ Wanted ──go──▶ Joining ──ok──▶ Joined ──leave──▶ Leaving ──▶ Idle
///                      ▲  ▲             │ refused       │ crashed, token ran out
///                      │  └──rang─ Retrying ◀───────────┘
///                      └─────── lost ───┴── from Joining, Joined, Retrying
/// ```
sealed interface ChannelLife permits Idle, Outside, Joined, Leaving {

    /// How many messages wait for the join.
    int BUFFER = 100;

    /// As the program sees it.
    ChannelState shown();

    /// Somebody subscribes.
    default ChannelStep subscribe(Plan plan) {
        return ChannelStep.of(this);
    }

    /// There is a socket, and this token.
    default ChannelStep go(String token, Refs refs) {
        return ChannelStep.of(this);
    }

    /// There is a socket, but no token to join with.
    default ChannelStep noToken(SupabaseException reason) {
        return ChannelStep.of(this);
    }

    /// The socket is gone.
    default ChannelStep lost(SupabaseException cause) {
        return ChannelStep.of(this);
    }

    /// The server answered a join or a leave.
    default ChannelStep answered(String ref, boolean ok, JsonNode response, Refs refs) {
        return ChannelStep.of(this);
    }

    /// The alarm rang.
    default ChannelStep rang(Refs refs) {
        return ChannelStep.of(this);
    }

    /// Somebody sends.
    ChannelStep send(Push push, Refs refs);

    /// Somebody tells that he is here (`payload`), or not any more (empty).
    default ChannelStep track(Optional<String> payload, Push push, Refs refs) {
        return send(push, refs);
    }

    /// Another token is to be used.
    default ChannelStep token(String token, Refs refs) {
        return ChannelStep.of(this);
    }

    /// Somebody leaves.
    ///
    /// @param why null when it is as somebody wished
    ChannelStep leave(
            @Nullable RealtimeException why, CompletableFuture<SendResult> asker, Refs refs);

    /// The client is closed.
    ChannelStep end();

    /// The server ended it.
    default ChannelStep closed(@Nullable String ref) {
        return ChannelStep.of(this);
    }

    /// The server's side broke.
    default ChannelStep crashed(@Nullable String ref) {
        return ChannelStep.of(this);
    }

    /// The server told something of the channel itself.
    default ChannelStep system(SystemMessage message) {
        return ChannelStep.of(this);
    }

    /// The server told who is there.
    default ChannelStep presence(boolean whole, JsonNode payload) {
        return ChannelStep.of(this);
    }

    /// Whether a frame with this reference is for it.
    default boolean hears(@Nullable String joinRef) {
        return false;
    }

    /// Who is there.
    default PresenceRoom room() {
        return PresenceRoom.EMPTY;
    }
}
