package dev.hearth.realtime.changes.verdict;

import dev.hearth.realtime.changes.catalog.Logged;
import dev.hearth.realtime.changes.filter.RemoteFilter;
import dev.hearth.token.Caller;

/// What is asked of the database about a change, as a caller.
public sealed interface Question {

    /// About which change.
    Logged change();

    /// As whom.
    Caller caller();

    /// Whether the caller may see the change.
    record OfRow(Logged change, Caller caller) implements Question {}

    /// Whether the change passes a filter.
    ///
    /// @param place of the filter's column in its table
    record OfFilter(Logged change, Caller caller, int place, RemoteFilter filter)
            implements Question {}
}
