package dev.hearth.replication;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Until when nothing is missing. A look at the server gives a moment and where the log ended then;
/// once the stream has come that far, all that was committed before the moment has come.
///
/// Looks come from the watch's thread, all else from the reader's.
final class Continuity {

    private volatile @Nullable Mark pending;
    private @Nullable Instant completeUntil;

    private record Mark(Instant at, Lsn log) {}

    /// A look; left out while an earlier one has not been reached.
    void looked(Instant at, Lsn log) {
        if (pending == null) {
            pending = new Mark(at, log);
        }
    }

    /// The stream has come to this position.
    void reached(Lsn position) {
        Mark mark = pending;
        if (mark != null && !position.isBefore(mark.log())) {
            completeUntil = mark.at();
            pending = null;
        }
    }

    /// A transaction of this time has come whole.
    void committed(Instant at) {
        if (completeUntil == null || completeUntil.isBefore(at)) {
            completeUntil = at;
        }
    }

    /// The stream goes on from here, with or without a gap before it.
    Gap gap(Instant to, String reason) {
        Instant from = completeUntil == null || completeUntil.isAfter(to) ? to : completeUntil;
        completeUntil = to;
        pending = null;
        return new Gap(from, to, reason);
    }

    /// Before this moment there is nothing to miss.
    void begin(Instant at) {
        if (completeUntil == null) {
            completeUntil = at;
        }
    }
}
