package dev.hearth.replication;

/// A position in PostgreSQL's write-ahead log, in bytes since the cluster was made. Ordered as an
/// unsigned number; its text is PostgreSQL's `pg_lsn`: two hexadecimal halves, `0/16B3748`.
///
/// @param value the 64 bits as they stand on the wire
public record Lsn(long value) implements Comparable<Lsn> {

    /// Before every position; PostgreSQL's own mark for "none".
    public static final Lsn NONE = new Lsn(0);

    /// Reads the text form.
    ///
    /// @throws IllegalArgumentException when the text is not two hexadecimal numbers of at most
    ///   eight digits with a slash between
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        if (!isHexadecimal(text, 0, slash) || !isHexadecimal(text, slash + 1, text.length())) {
            throw new IllegalArgumentException(
                    "A log position is written like 0/16B3748, this is not one: " + text);
        }
        long high = Long.parseLong(text, 0, slash, 16);
        long low = Long.parseLong(text, slash + 1, text.length(), 16);
        return new Lsn(high << 32 | low);
    }

    private static boolean isHexadecimal(String text, int from, int to) {
        if (to - from < 1 || to - from > 8) {
            return false;
        }
        return text.substring(from, to).chars().allMatch(Lsn::isHexadecimalDigit);
    }

    private static boolean isHexadecimalDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    public boolean isBefore(Lsn other) {
        return compareTo(other) < 0;
    }

    /// The byte behind this one.
    Lsn next() {
        return new Lsn(value + 1);
    }

    /// The later of the two.
    public Lsn orLater(Lsn other) {
        return isBefore(other) ? other : this;
    }

    @Override
    public String toString() {
        return Long.toHexString(value >>> 32).toUpperCase(java.util.Locale.ROOT)
                + "/"
                + Long.toHexString(value & 0xFFFFFFFFL).toUpperCase(java.util.Locale.ROOT);
    }
}
