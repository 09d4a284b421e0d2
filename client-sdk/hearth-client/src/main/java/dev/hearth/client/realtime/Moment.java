package dev.hearth.client.realtime;

import java.time.Instant;

/// When something happens, and the chance of it, so that a step depends on nothing but its
/// arguments.
///
/// @param wall may jump
/// @param nanos only goes forward
/// @param dice from 0 to 1, for jitter
record Moment(Instant wall, long nanos, double dice) {}
