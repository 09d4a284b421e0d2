package dev.hearth.realtime.changes.sql;

import dev.hearth.replication.TransactionId;

import java.util.Arrays;

/// Which transactions a moment of the database sees: the value of `pg_current_snapshot()`,
/// `xmin:xmax:xip,xip`. Immutable.
public final class Snapshot {

    /// Sees nothing.
    public static final Snapshot NONE = new Snapshot(0, 0, new long[0]);

    private final long lowest;
    private final long end;
    private final long[] running;

    private Snapshot(long lowest, long end, long[] running) {
        this.lowest = lowest;
        this.end = end;
        this.running = running;
    }

    /// Reads the text form.
    ///
    /// @throws IllegalArgumentException for another text
    public static Snapshot parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a snapshot");
        }
        long[] running =
                parts[2].isEmpty()
                        ? new long[0]
                        : Arrays.stream(parts[2].split(",")).mapToLong(Long::parseLong).toArray();
        Arrays.sort(running);
        return new Snapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
    }

    /// Whether what the transaction wrote is visible; for committed transactions only.
    public boolean sees(TransactionId transaction) {
        long xid = transaction.value();
        return xid < lowest || (xid < end && Arrays.binarySearch(running, xid) < 0);
    }
}
