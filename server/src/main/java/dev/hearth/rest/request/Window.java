package dev.hearth.rest.request;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The rows that are wanted of a result.
///
/// @param offset how many come before
/// @param limit the most rows; empty for no limit of the request
public record Window(long offset, OptionalLong limit) {

    /// All rows.
    public static final Window ALL = new Window(0, OptionalLong.empty());

    private static final Pattern RANGE = Pattern.compile("(\\d+)-(\\d*)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    /// Reads a `Range` header, `10-19` or `10-`; what does not look like that asks for all rows.
    ///
    /// @return a window whose limit is below zero when the end comes before the start
    static Window ofHeader(String text) {
        var range = RANGE.matcher(text);
        if (!range.matches()) {
            return ALL;
        }
        long first = number(range.group(1));
        if (range.group(2).isEmpty()) {
            return new Window(first, OptionalLong.empty());
        }
        long last = Math.min(number(range.group(2)), Long.MAX_VALUE - 1);
        return new Window(first, OptionalLong.of(some(last - first + 1)));
    }

    /// The rows of both windows, whose places are counted from the same start.
    ///
    /// @return a window whose limit is below zero when they have no row in common
    Window within(Window outer) {
        long start = Math.max(offset, outer.offset);
        if (limit.isEmpty() && outer.limit.isEmpty()) {
            return new Window(start, OptionalLong.empty());
        }
        return new Window(start, OptionalLong.of(some(Math.min(end(), outer.end()) - start)));
    }

    /// Whether it makes sense; no rows at all does. An offset below zero is left to the database.
    boolean isValid() {
        return limit.orElse(0) >= 0;
    }

    /// Whether no rows are wanted.
    public boolean isEmpty() {
        return limit.orElse(1) == 0;
    }

    /// The same with a limit of at most so many rows.
    public Window capped(OptionalLong most) {
        return most.isEmpty() || limit.orElse(Long.MAX_VALUE) <= most.getAsLong()
                ? this
                : new Window(offset, most);
    }

    private static long some(long rows) {
        return rows > 0 ? rows : -1;
    }

    private long end() {
        long rows = limit.orElse(Long.MAX_VALUE);
        return rows > Long.MAX_VALUE - Math.max(0, offset) ? Long.MAX_VALUE : offset + rows;
    }

    /// A number of a parameter; empty when it is none, in which case the parameter is ignored.
    static OptionalLong parameter(String text) {
        String stripped = text.strip();
        return NUMBER.matcher(stripped).matches()
                ? OptionalLong.of(number(stripped))
                : OptionalLong.empty();
    }

    /// Numbers beyond 64 bits are beyond every table, too.
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException _) {
            return digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
