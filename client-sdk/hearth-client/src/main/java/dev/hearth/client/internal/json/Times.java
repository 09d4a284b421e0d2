package dev.hearth.client.internal.json;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Set;

/// Points in time as PostgreSQL writes them, over REST (`2026-01-02T03:04:05.123456+00:00`), in
/// changes and in ranges (`2026-01-02 03:04:05.123456+00`). `infinity` is the largest value of its
/// class, and back; years below 1 stand as `0044-03-15 BC`.
final class Times {

    private static final String INFINITY = "infinity";
    private static final String END_OF_DAY = "24:00:00";
    private static final String BEFORE_CHRIST = " BC";

    private static final Set<TemporalAccessor> LARGEST =
            Set.of(OffsetDateTime.MAX, Instant.MAX, LocalDateTime.MAX, LocalDate.MAX);
    private static final Set<TemporalAccessor> SMALLEST =
            Set.of(OffsetDateTime.MIN, Instant.MIN, LocalDateTime.MIN, LocalDate.MIN);

    private static final DateTimeFormatter STAMP =
            date().appendPattern("[' ']['T']")
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .optionalStart()
                    .parseLenient()
                    .appendOffset("+HH:mm:ss", "Z")
                    .optionalEnd()
                    .append(era())
                    .toFormatter();

    private static final DateTimeFormatter DATE = date().append(era()).toFormatter();

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .parseLenient()
                    .appendOffset("+HH:mm:ss", "Z")
                    .toFormatter();

    private Times() {}

    private static DateTimeFormatterBuilder date() {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendValue(ChronoField.YEAR_OF_ERA, 4, 9, SignStyle.NOT_NEGATIVE)
                .appendPattern("-MM-dd");
    }

    private static DateTimeFormatter era() {
        return new DateTimeFormatterBuilder()
                .optionalStart()
                .appendLiteral(BEFORE_CHRIST)
                .parseDefaulting(ChronoField.ERA, 0)
                .optionalEnd()
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter();
    }

    static OffsetDateTime offset(String text) {
        if (isInfinite(text)) {
            return text.startsWith("-") ? OffsetDateTime.MIN : OffsetDateTime.MAX;
        }
        TemporalAccessor stamp = STAMP.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        if (stamp instanceof OffsetDateTime offset) {
            return offset;
        }
        throw new IllegalArgumentException(
                "the value has no offset: its column is a timestamp without time zone, which is"
                        + " read as LocalDateTime");
    }

    static Instant instant(String text) {
        if (isInfinite(text)) {
            return text.startsWith("-") ? Instant.MIN : Instant.MAX;
        }
        return offset(text).toInstant();
    }

    static ZonedDateTime zoned(String text) {
        return offset(text).toZonedDateTime();
    }

    static LocalDateTime local(String text) {
        if (isInfinite(text)) {
            return text.startsWith("-") ? LocalDateTime.MIN : LocalDateTime.MAX;
        }
        TemporalAccessor stamp = STAMP.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        if (stamp instanceof LocalDateTime local) {
            return local;
        }
        throw new IllegalArgumentException(
                "the value has an offset: its column is a timestamp with time zone, which is read"
                        + " as OffsetDateTime or Instant");
    }

    static LocalDate date(String text) {
        if (isInfinite(text)) {
            return text.startsWith("-") ? LocalDate.MIN : LocalDate.MAX;
        }
        return LocalDate.parse(text, DATE);
    }

    /// The end of a day, `24:00:00`, is its last nanosecond, as the JDBC driver has it.
    static LocalTime time(String text) {
        return text.equals(END_OF_DAY) ? LocalTime.MAX : LocalTime.parse(text);
    }

    static OffsetTime offsetTime(String text) {
        return text.startsWith(END_OF_DAY)
                ? TIME.parse("00:00:00" + text.substring(END_OF_DAY.length()), OffsetTime::from)
                        .with(LocalTime.MAX)
                : TIME.parse(text, OffsetTime::from);
    }

    private static boolean isInfinite(String text) {
        return text.equals(INFINITY) || text.equals("-" + INFINITY);
    }

    /// As PostgreSQL reads it: with `BC` instead of years below 1, and no sign before those above
    /// 9999.
    static String text(TemporalAccessor value) {
        if (value instanceof ZonedDateTime zoned) {
            return text(zoned.toOffsetDateTime());
        }
        if (LARGEST.contains(value)) {
            return INFINITY;
        }
        if (SMALLEST.contains(value)) {
            return "-" + INFINITY;
        }
        if (value instanceof Instant instant) {
            return text(instant.toString());
        }
        if (value instanceof OffsetDateTime offset) {
            return text(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(offset));
        }
        if (value instanceof LocalDateTime local) {
            return text(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local));
        }
        return value instanceof LocalDate ? text(value.toString()) : value.toString();
    }

    private static String text(String iso) {
        int yearEnd = iso.indexOf('-', 1);
        if (yearEnd == 4 && !iso.startsWith("0000")) {
            return iso;
        }
        int year = Integer.parseInt(iso.substring(0, yearEnd));
        String rest = iso.substring(yearEnd);
        return year > 0
                ? year + rest
                : String.format(Locale.ROOT, "%04d%s%s", 1 - year, rest, BEFORE_CHRIST);
    }
}
