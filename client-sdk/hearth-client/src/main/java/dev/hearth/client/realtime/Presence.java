package dev.hearth.client.realtime;

/// One that is there: what it told with [Channel#track].
///
/// @param ref of this telling; another one after each change
/// @param value what was told
/// @param <T> its type
public record Presence<T>(String ref, T value) {}
