package dev.hearth.realtime.changes.feed;

/// One channel's side of its subscription. Both methods are called in the order of the log, from
/// one thread at a time; they must not block and must not throw.
public interface Subscriber {

    /// A change that this subscriber may see.
    ///
    /// @param delivery the encoded change, shared by every subscriber that sees the same columns
    /// @param ids the ids of the bindings that matched, ascending
    void deliver(Delivery delivery, BindingIds ids);

    /// A `system` message of extension `postgres_changes` (realtime.md 4, 15.6).
    ///
    /// @param ok whether its status is `ok` or `error`
    /// @param message upstream's text
    void system(boolean ok, String message);
}
