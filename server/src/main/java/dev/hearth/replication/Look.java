package dev.hearth.replication;

/// A look of the watch at the server.
///
/// @param nanos `System.nanoTime()` before it
record Look(ServerFacts facts, long nanos) {}
