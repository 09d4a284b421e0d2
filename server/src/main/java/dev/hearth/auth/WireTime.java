package dev.hearth.auth;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/// Instants as clients read them: RFC 3339 in UTC with up to six decimals and no trailing zeros,
/// `2026-01-02T03:04:05.1Z`.
final class WireTime {

    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
                    .appendLiteral('Z')
                    .toFormatter()
                    .withZone(ZoneOffset.UTC);

    private WireTime() {}

    static String of(Instant instant) {
        return FORMAT.format(instant);
    }
}
