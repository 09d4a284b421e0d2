package dev.hearth.client.internal.json;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Intervals as PostgreSQL writes them (`1 year 2 mons 3 days 04:05:06.7`) or as ISO 8601 has them
/// (`PT4H`). An interval with a part that the class has not, months in a `Duration`, a time in a
/// `Period`, is refused; read it as text. A day is 24 hours, as `extract(epoch …)` has it.
final class Intervals {

    private static final Pattern POSTGRES =
            Pattern.compile(
                    "(?:([+-]?\\d+) years? ?)?(?:([+-]?\\d+) mons? ?)?(?:([+-]?\\d+) days? ?)?"
                            + "(?:([+-]?)(\\d+):(\\d{2}):(\\d{2}(?:\\.\\d{1,9})?))?");

    private Intervals() {}

    static Duration duration(String text) {
        if (isIso(text)) {
            return Duration.parse(text);
        }
        Matcher parts = parts(text);
        if (parts.group(1) != null || parts.group(2) != null) {
            throw new IllegalArgumentException(
                    "an interval with years or months has no fixed length; read it as Period or as"
                            + " String");
        }
        Duration days = Duration.ofDays(number(parts.group(3)));
        if (parts.group(5) == null) {
            return days;
        }
        Duration time =
                Duration.ofHours(number(parts.group(5)))
                        .plusMinutes(number(parts.group(6)))
                        .plusNanos(
                                new BigDecimal(parts.group(7)).movePointRight(9).longValueExact());
        return parts.group(4).equals("-") ? days.minus(time) : days.plus(time);
    }

    static Period period(String text) {
        if (isIso(text)) {
            return Period.parse(text);
        }
        Matcher parts = parts(text);
        if (parts.group(5) != null && !text.endsWith("00:00:00")) {
            throw new IllegalArgumentException(
                    "an interval with hours is no Period; read it as Duration or as String");
        }
        return Period.of(
                Math.toIntExact(number(parts.group(1))),
                Math.toIntExact(number(parts.group(2))),
                Math.toIntExact(number(parts.group(3))));
    }

    private static boolean isIso(String text) {
        return text.startsWith("P") || text.startsWith("-P");
    }

    private static Matcher parts(String text) {
        Matcher parts = POSTGRES.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException("the text is no interval of PostgreSQL");
        }
        return parts;
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
