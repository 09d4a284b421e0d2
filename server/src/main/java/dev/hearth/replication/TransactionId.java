package dev.hearth.replication;

/// A transaction's number with its epoch, PostgreSQL's `xid8`: what `pg_visible_in_snapshot` and
/// `pg_current_snapshot` speak of. The stream carries the lower 32 bits only.
///
/// @param value the 64 bits; its text is the plain decimal number
public record TransactionId(long value) {

    /// Completes the 32 bits of the stream: of all numbers that end in them, the one nearest to
    /// `reference`. Right as long as the two are less than 2^31 apart, which PostgreSQL itself
    /// ensures for transactions whose log is still there.
    ///
    /// @param xid the 32 bits, as the stream carries them
    /// @param reference any number of about that time, such as the upper end of a snapshot
    public static TransactionId widen(int xid, TransactionId reference) {
        int distance = xid - (int) reference.value;
        return new TransactionId(reference.value + distance);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(value);
    }
}
