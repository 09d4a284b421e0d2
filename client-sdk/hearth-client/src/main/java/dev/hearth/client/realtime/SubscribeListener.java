package dev.hearth.client.realtime;

import dev.hearth.client.error.SupabaseException;

import org.jspecify.annotations.Nullable;

/// Hears what becomes of a subscription, in order with the channel's messages.
@FunctionalInterface
public interface SubscribeListener {

    /// @param error why, with `CHANNEL_ERROR` and `TIMED_OUT`; else null
    void on(SubscribeStatus status, @Nullable SupabaseException error);
}
