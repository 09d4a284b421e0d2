package dev.hearth.realtime.changes;

import dev.hearth.token.Caller;

/// What is asked of the database about a change, as a caller.
sealed interface Question {

    Logged change();

    Caller caller();

    /// Whether the caller may see the change.
    record OfRow(Logged change, Caller caller) implements Question {}

    /// Whether the change passes a filter.
    record OfFilter(Logged change, Caller caller, Interest.Remote filter) implements Question {}
}
