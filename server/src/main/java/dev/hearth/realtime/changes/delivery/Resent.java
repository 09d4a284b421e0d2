package dev.hearth.realtime.changes.delivery;

import dev.hearth.replication.Lsn;
import dev.hearth.replication.TransactionBegan;

/// Knows the changes that come a second time: a stream that broke within a transaction sends all of
/// it again. For the reader thread only.
final class Resent {

    private Lsn transaction = Lsn.NONE;
    private long taken;
    private long toSkip;

    void began(TransactionBegan began) {
        toSkip = began.commitLsn().equals(transaction) ? taken : 0;
        if (toSkip == 0) {
            taken = 0;
        }
        transaction = began.commitLsn();
    }

    /// Called once for each change; whether it has not been handed on before.
    boolean isNew() {
        if (toSkip > 0) {
            toSkip--;
            return false;
        }
        taken++;
        return true;
    }

    void ended() {
        transaction = Lsn.NONE;
        taken = 0;
    }
}
