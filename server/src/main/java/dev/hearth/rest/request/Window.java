package dev.hearth.rest.request;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The rows that are wanted of a result.
///
/// @param offset how many come before; not below zero
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
        return new Window(first, OptionalLong.of(Math.max(-1, last - first + 1)));
    }

    /// The rows of both windows, whose places are counted from the same start.
    Window within(Window outer) {
        long start = Math.max(offset, outer.offset);
        if (limit.isEmpty() && outer.limit.isEmpty()) {
            return new Window(start, OptionalLong.empty());
        }
        return new Window(
                start, OptionalLong.of(Math.max(-1, Math.min(end(), outer.end()) - start)));
    }

    /// Whether it makes sense; no rows at all does.
    boolean isValid() {
        return offset >= 0 && limit.orElse(0) >= 0;
    }

    private long end() {
        return limit.isPresent() ? saturated(offset + limit.getAsLong()) : Long.MAX_VALUE;
    }

    private static long saturated(long sum) {
        return sum < 0 ? Long.MAX_VALUE : sum;
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
