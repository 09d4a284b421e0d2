package dev.hearth.replication;

import java.util.concurrent.atomic.AtomicLong;

/// What has been handed over, and what may therefore be confirmed to PostgreSQL. Safe for all
/// threads.
///
/// Two things are confirmed: the end of a transaction that was handed over; and, when all
/// transactions that came are handed over, the position up to which the server said there is
/// nothing more for us (writes to tables that are not published move only that one).
public final class Position {

    private final AtomicLong handedOver = new AtomicLong();
    private volatile Lsn lastEnded = Lsn.NONE;
    private volatile Idle idle = new Idle(Lsn.NONE, Lsn.NONE);

    /// @param reached nothing is left to be sent before it
    /// @param after the last transaction that came before that was said
    private record Idle(Lsn reached, Lsn after) {}

    Position() {}

    /// Every transaction that ended at this position or before has been handed over. A position
    /// that lies before one that was told already changes nothing.
    public void handedOver(Lsn endLsn) {
        handedOver.accumulateAndGet(
                endLsn.value(), (a, b) -> Long.compareUnsigned(a, b) < 0 ? b : a);
    }

    /// The end of the last transaction that was handed over.
    public Lsn handedOver() {
        return new Lsn(handedOver.get());
    }

    /// A transaction has come whole. Only from the reader thread, before the listener hears of it.
    void ended(Lsn endLsn) {
        lastEnded = endLsn;
    }

    /// The server has sent all before this position. Only from the reader thread, outside of a
    /// transaction.
    void idle(Lsn reached) {
        idle = new Idle(reached, lastEnded);
    }

    /// What may be confirmed now.
    Lsn confirmable() {
        Lsn over = handedOver();
        Idle seen = idle;
        return over.isBefore(seen.after()) ? over : over.orLater(seen.reached());
    }

    /// Whether a transaction came that has not been handed over.
    boolean isBehind() {
        return handedOver().isBefore(lastEnded);
    }

    /// Another log: what was confirmed of the former one means nothing in it. Only from the reader
    /// thread.
    void restart(Lsn at) {
        lastEnded = at;
        idle = new Idle(at, at);
        handedOver.set(at.value());
    }
}
