package dev.hearth.client.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;

import java.io.IOException;
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
import java.util.function.Function;

/// Points in time as PostgreSQL writes them, over REST (`2026-01-02T03:04:05.123456+00:00`), in
/// changes and in ranges (`2026-01-02 03:04:05.123456+00`). `infinity` is the largest value of its
/// class, and back.
final class Times {

    private static final String INFINITY = "infinity";

    private static final DateTimeFormatter STAMP =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendValue(ChronoField.YEAR, 4, 9, SignStyle.NOT_NEGATIVE)
                    .appendPattern("-MM-dd")
                    .appendPattern("[' ']['T']")
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .optionalStart()
                    .parseLenient()
                    .appendOffset("+HH:mm:ss", "Z")
                    .optionalEnd()
                    .toFormatter();

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .parseLenient()
                    .appendOffset("+HH:mm:ss", "Z")
                    .toFormatter();

    private Times() {}

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
        return LocalDate.parse(text);
    }

    /// The end of a day, `24:00:00`, is its last nanosecond, as the JDBC driver has it.
    static LocalTime time(String text) {
        return text.equals("24:00:00") ? LocalTime.MAX : LocalTime.parse(text);
    }

    static OffsetTime offsetTime(String text) {
        return TIME.parse(text, OffsetTime::from);
    }

    private static boolean isInfinite(String text) {
        return text.equals(INFINITY) || text.equals("-" + INFINITY);
    }

    static String text(OffsetDateTime value) {
        return value.equals(OffsetDateTime.MAX)
                ? INFINITY
                : value.equals(OffsetDateTime.MIN)
                        ? "-" + INFINITY
                        : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value);
    }

    static String text(Instant value) {
        return value.equals(Instant.MAX)
                ? INFINITY
                : value.equals(Instant.MIN) ? "-" + INFINITY : value.toString();
    }

    static String text(LocalDate value) {
        return value.equals(LocalDate.MAX)
                ? INFINITY
                : value.equals(LocalDate.MIN) ? "-" + INFINITY : value.toString();
    }

    /// Writes one of them.
    static final class Writing<T> extends StdScalarSerializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<T, String> text;

        Writing(Class<T> type, Function<T, String> text) {
            super(type);
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(text.apply(value));
        }
    }
}
