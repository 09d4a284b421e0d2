package dev.hearth.client.realtime;

import java.util.Optional;

/// A message that somebody sent to a channel.
///
/// @param event its name
/// @param payload what it carries
/// @param id of messages that the database stored
/// @param replayed whether it was sent before this channel joined
/// @param <T> what it carries
public record Broadcast<T>(String event, T payload, Optional<String> id, boolean replayed) {}
