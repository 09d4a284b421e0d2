package dev.hearth.replication;

import java.time.Instant;

/// A stretch of time of whose changes some may never have come.
///
/// @param from all that was committed before this moment came
/// @param to from this moment on all comes again
/// @param reason what happened, as words for a subscriber: no name of host or role in it
public record Gap(Instant from, Instant to, String reason) {}
