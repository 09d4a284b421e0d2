package dev.hearth.rest.answer;

import java.util.OptionalLong;

/// Which rows of how many an answer has (rest.md 7).
///
/// @param first the place of the first row
/// @param rows how many there are
/// @param total how many match in all; empty where nobody counted
record ContentRange(long first, long rows, OptionalLong total) {

    /// Rows of which the places mean nothing.
    static ContentRange counted(OptionalLong total) {
        return new ContentRange(0, 0, total);
    }

    /// The status of a read.
    int status() {
        if (isBeyond()) {
            return 416;
        }
        return total.isPresent() && rows < total.getAsLong() ? 206 : 200;
    }

    /// Whether it would begin behind the last row.
    boolean isBeyond() {
        return total.isPresent() && first > total.getAsLong();
    }

    /// As the header field says it: `0-9/100`, `*/*`.
    String text() {
        boolean none = rows == 0 || total.equals(OptionalLong.of(0));
        return (none ? "*" : first + "-" + (first + rows - 1))
                + "/"
                + (total.isPresent() ? Long.toString(total.getAsLong()) : "*");
    }
}
