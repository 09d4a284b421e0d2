package dev.hearth.realtime.changes.verdict;

import dev.hearth.observe.Event;
import dev.hearth.observe.Told;

/// What is told of verdicts.
sealed interface VerdictEvent extends Event {

    /// A policy, a grant or a filter raised an error while a change was judged; nobody of that role
    /// gets the change.
    ///
    /// @param table with its schema
    /// @param role of the caller
    /// @param sqlState the error's code
    record VerdictFailed(String table, String role, String sqlState) implements VerdictEvent {
        @Override
        public Told told() {
            return Told.warn("A change could not be judged and was not delivered")
                    .with("table", table)
                    .with("role", role)
                    .with("sqlstate", sqlState);
        }
    }

    /// A change was not delivered since the log lacks a column that a policy reads.
    record VerdictUnknown(String table, String role) implements VerdictEvent {
        @Override
        public Told told() {
            return Told.debug("A policy reads a column that the log lacks")
                    .with("table", table)
                    .with("role", role);
        }
    }
}
