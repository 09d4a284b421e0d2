package dev.hearth.realtime.changes.feed;

import dev.hearth.token.Caller;

import java.util.List;

/// The door of this room for channels.
public interface Subscriptions {

    /// Puts the bindings in force and returns only then, so that the join is answered afterwards
    /// (realtime.md 15.4): every transaction that is not visible at the return is delivered, none
    /// that is. Blocks for a round trip to the database.
    ///
    /// Never throws for bad bindings or a database that is away: the subscriber is told by a
    /// `system` message, which the channel sends after the join's answer.
    ///
    /// @param caller as whom rows are judged
    /// @param bindings at least one
    Subscription subscribe(Caller caller, List<Binding> bindings, Subscriber subscriber);

    /// A channel's subscription, from join to leave. Safe for any thread.
    interface Subscription extends AutoCloseable {

        /// Judges later transactions as this caller, without a gap, and tells "Subscribed to
        /// PostgreSQL" again.
        void changeCaller(Caller caller);

        /// Ends it; nothing is delivered after the return.
        @Override
        void close();
    }
}
